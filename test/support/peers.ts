import { accessSync, constants, statSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'vitest';

/** Programs of others that tests run against. */
export type PeerName =
  | 'docker-registry'
  | 'distribution-3'
  | 'gitea'
  | 'zot'
  | 'skopeo'
  | 'podman'
  | 'umoci'
  | 'kubectl'
  | 'htpasswd'
  | 'dbus-run-session'
  | 'gnome-keyring-daemon'
  | 'xvfb-run'
  | 'setpriv'
  | 'electron'
  | 'chromium'
  | 'script'
  | 'dpkg'
  | 'dpkg-deb'
  | 'dpkg-query'
  | 'rpm'
  | 'rpmbuild'
  | 'go'
  | 'bash'
  | 'zsh'
  | 'fish';

const root = path.resolve(import.meta.dirname, '../..');

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

function onPath(...names: readonly string[]): string[] {
  const folders = (process.env.PATH ?? '').split(path.delimiter).filter((folder) => folder !== '');
  const suffixes = process.platform === 'win32' ? ['.exe', '.cmd', ''] : [''];
  return names.flatMap((name) =>
    folders.flatMap((folder) => suffixes.map((suffix) => path.join(folder, `${name}${suffix}`))),
  );
}

/** Where the executable is in an unpacked Electron runtime. */
function electronIn(folder: string): string {
  if (process.platform === 'darwin') return path.join(folder, 'Electron.app/Contents/MacOS/Electron');
  return path.join(folder, process.platform === 'win32' ? 'electron.exe' : 'electron');
}

function electronCandidates(): string[] {
  const chosen = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  return [
    ...(chosen === undefined || chosen === '' ? [] : [chosen]),
    path.join(root, '.cache/electron-runtime'), // made by .ci/run
    path.join(root, 'node_modules/electron/dist'), // downloaded by the electron package itself
  ].map(electronIn);
}

function chromiumCandidates(): string[] {
  if (process.platform === 'darwin') return ['/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'];
  if (process.platform === 'win32') {
    return [process.env.PROGRAMFILES, process.env['PROGRAMFILES(X86)']]
      .filter((folder) => folder !== undefined)
      .map((folder) => path.join(folder, 'Google/Chrome/Application/chrome.exe'));
  }
  // The shell shows the same page for half the processor time: it brings no window of its own along.
  return onPath(
    'chromium-headless-shell',
    'chromium',
    'chromium-browser',
    'google-chrome-stable',
    'google-chrome',
  );
}

function candidates(name: PeerName): string[] {
  if (name === 'electron') return electronCandidates();
  if (name === 'chromium') return chromiumCandidates();
  // Built by .ci/run where Go is: no distribution of Linux has it yet.
  if (name === 'distribution-3') return [path.join(root, '.cache/distribution-3/registry')];
  // Given by hand: the proxy of Go's modules does not have it.
  if (name === 'zot') return [process.env.WHARFINGER_TEST_ZOT ?? ''];
  if (name === 'gitea')
    return [process.env.WHARFINGER_TEST_GITEA ?? '', path.join(root, '.cache/gitea/gitea')];
  return onPath(name);
}

/** The program's file, or null where this machine does not have it. */
export function peer(name: PeerName): string | null {
  return candidates(name).find(isProgram) ?? null;
}

const MAY_BE_MISSING: ReadonlySet<PeerName> = new Set(['kubectl', 'gitea', 'zot']);

/**
 * True where a missing peer must fail instead of being skipped: with `CI=true`, unless it is Go, or built with Go, and Go is missing;
 * kubectl is one that not every distribution has, Gitea's build may take longer than `.ci/run` waits, and zot is given by hand.
 */
export function isRequired(name: PeerName): boolean {
  if ((process.env.CI !== 'true' && process.env.CI !== '1') || MAY_BE_MISSING.has(name)) return false;
  return (name !== 'distribution-3' && name !== 'go') || onPath('go').some(isProgram);
}

type Paths<Name extends PeerName> = Readonly<Record<Name, string>>;

/**
 * A `describe` that runs where every named peer is on this machine; `body` gets the path of each. Where one is missing, one test
 * named for it is reported as skipped, or, with `CI=true`, fails; `body` is then not run.
 */
export function describeWithPeer<const Name extends PeerName>(
  names: Name | readonly Name[],
  title: string,
  body: (paths: Paths<Name>) => void,
): void {
  const wanted = typeof names === 'string' ? [names] : names;
  const found = wanted.map((name) => [name, peer(name)] as const);
  const missing = found.filter(([, file]) => file === null).map(([name]) => name);
  describe(title, () => {
    if (missing.length === 0) {
      body(Object.fromEntries(found) as Paths<Name>);
      return;
    }
    const reason = `needs ${missing.join(' and ')}, not found on this machine`;
    if (!missing.some(isRequired)) {
      test.skip(reason);
      return;
    }
    test(reason, () => {
      throw new Error(`CI=true: "${title}" ${reason}. Install it (.ci/run does).`);
    });
  });
}
