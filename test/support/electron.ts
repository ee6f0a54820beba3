import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type ElectronApplication, _electron as electron, type Page } from 'playwright-core';
import { isolatedEnvironment } from './app.ts';
import { whenFinished } from './cleanup.ts';
import { guardPages, type PageGuard } from './page-guard.ts';
import { type StartedProcess, startProcess } from './process.ts';
import { temporaryFolder } from './temporary.ts';

const root = path.resolve(import.meta.dirname, '../..');
/** Long enough for a busy machine; nothing waits so long when all is well. */
const WAIT_MS = 20_000;
/** No GPU and no kernel sandbox here; the window's own sandboxing of its page stays. */
const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--force-device-scale-factor=1'];

/**
 * Makes Electron wait until Playwright watches it, so that no window opens unseen. Playwright loads it by itself only where it
 * finds the runtime by itself.
 */
const LOADER = path.join(root, 'node_modules/playwright-core/lib/server/electron/loader.js');

/** A screen of its own and, where asked, a session bus with an unlocked keychain, until the test or the file ends. */
export interface DesktopSession {
  /** For every program of this session. */
  readonly env: Readonly<Record<string, string>>;
}

interface KeychainPrograms {
  readonly 'dbus-run-session': string;
  readonly 'gnome-keyring-daemon': string;
}

/**
 * Starts one. Without programs for a keychain there is no bus either: on one, a keychain that is installed would be started when
 * asked for.
 *
 * @throws with what the programs said if it does not come up
 */
export async function startDesktopSession(
  { 'xvfb-run': screen }: { readonly 'xvfb-run': string },
  keychain?: KeychainPrograms,
): Promise<DesktopSession> {
  const home = await temporaryFolder();
  const runtime = path.join(home, 'run');
  await mkdir(runtime, { mode: 0o700 });
  // The shell waits, with all of the session, until its input ends.
  const say = 'echo "session: $DISPLAY $XAUTHORITY $DBUS_SESSION_BUS_ADDRESS"; read -r _';
  const command =
    keychain === undefined
      ? ['sh', '-c', say]
      : [
          ...[keychain['dbus-run-session'], '--', 'sh', '-c'],
          `printf pass | "${keychain['gnome-keyring-daemon']}" --unlock --components=secrets; ${say}`,
        ];
  const session = await startProcess(
    screen,
    ['-a', '-s', '-screen 0 1600x1200x24 -nolisten tcp', '--', ...command],
    {
      env: {
        HOME: home,
        XDG_RUNTIME_DIR: runtime,
        XDG_DATA_HOME: path.join(home, 'data'),
        DBUS_SESSION_BUS_ADDRESS: undefined,
      },
    },
  );
  // Ending its input ends all of it in order, with nothing left in the temporary folder.
  whenFinished(async () => {
    session.write('\n');
    await session.exited;
  });
  const [, display = '', authority = '', bus = ''] = await session.waitFor(/^session: (\S+) (\S+) ?(\S*)$/m);
  return {
    env: {
      DISPLAY: display,
      XAUTHORITY: authority,
      XDG_RUNTIME_DIR: runtime,
      ...(keychain === undefined ? {} : { DBUS_SESSION_BUS_ADDRESS: bus }),
    },
  };
}

export interface DesktopOptions {
  readonly executable: string;
  readonly session: DesktopSession;
  /** The caller makes it; one that is used again has what was kept. */
  readonly home: string;
}

/** The desktop app as Electron runs it for tests. */
export interface Desktop {
  readonly app: ElectronApplication;
  readonly page: Page;
  readonly guard: PageGuard;
  /** Ends it as its user would and waits until the process is gone. Safe to repeat. */
  close(): Promise<void>;
}

/** A folder that Electron opens as an app: the tests' build, with its own name. */
async function appFolder(): Promise<string> {
  const folder = await temporaryFolder();
  const main = path.join(root, 'dist/desktop-test/electron.cjs');
  const description = {
    name: 'wharfinger',
    productName: 'Wharfinger',
    version: '0.0.0',
    type: 'module',
    main,
  };
  await writeFile(path.join(folder, 'package.json'), JSON.stringify(description));
  return folder;
}

function environmentOf({ home, session }: DesktopOptions): Record<string, string> {
  return { ...isolatedEnvironment(home), ...session.env };
}

/** Opens the tests' desktop build and waits for its window. It ends when the test or the file ends. */
export async function launchDesktop(options: DesktopOptions): Promise<Desktop> {
  await mkdir(path.join(options.home, 'user'), { recursive: true });
  const app = await electron.launch({
    executablePath: options.executable,
    args: ['--require', LOADER, ...FLAGS, await appFolder()],
    env: environmentOf(options),
    cwd: root,
  });
  let closed: Promise<void> | undefined;
  const close = () => {
    closed ??= app.close();
    return closed;
  };
  whenFinished(close);
  const page = await app.firstWindow();
  page.setDefaultTimeout(WAIT_MS);
  return { app, page, guard: guardPages(app.context(), 'wharfinger://app'), close };
}

/** Starts the program once more, as a second click on its icon does, or one on a link. */
export async function startAgain(
  options: DesktopOptions,
  ...words: readonly string[]
): Promise<StartedProcess> {
  const command = [...FLAGS, await appFolder(), ...words];
  return startProcess(options.executable, command, { env: environmentOf(options) });
}
