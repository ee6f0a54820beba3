import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type ElectronApplication, _electron as electron, type Page } from 'playwright-core';
import { isolatedEnvironment } from './app.ts';
import { whenFinished } from './cleanup.ts';
import { type StartedProcess, startProcess } from './process.ts';
import { temporaryFolder } from './temporary.ts';

const root = path.resolve(import.meta.dirname, '../..');
/** No GPU and no kernel sandbox here; the window's own sandboxing of its page stays. */
const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--force-device-scale-factor=1'];

/** A screen, a session bus and, where asked, an unlocked keychain of their own, until the test or the file ends. */
export interface DesktopSession {
  /** For every program of this session. */
  readonly env: Readonly<Record<string, string>>;
}

interface DesktopPrograms {
  readonly 'xvfb-run': string;
  readonly 'dbus-run-session': string;
  /** Starts it unlocked, with an empty keychain; without it no Secret Service answers on the bus. */
  readonly 'gnome-keyring-daemon'?: string;
}

/** Starts one. @throws with what the programs said if it does not come up */
export async function startDesktopSession(programs: DesktopPrograms): Promise<DesktopSession> {
  const home = await temporaryFolder();
  const runtime = path.join(home, 'run');
  await mkdir(runtime, { mode: 0o700 });
  const keyring = programs['gnome-keyring-daemon'];
  // The keychain's password comes on its stdin; the shell then waits with the session until its own stdin ends.
  const script = [
    ...(keyring === undefined ? [] : [`printf pass | "${keyring}" --unlock --components=secrets`]),
    'echo "session: $DISPLAY $XAUTHORITY $DBUS_SESSION_BUS_ADDRESS"',
    'read -r _',
  ].join('\n');
  const session = await startProcess(
    programs['xvfb-run'],
    [
      ...['-a', '-s', '-screen 0 1600x1200x24 -nolisten tcp', '--'],
      ...[programs['dbus-run-session'], '--', 'sh', '-c', script],
    ],
    { env: { HOME: home, XDG_RUNTIME_DIR: runtime, XDG_DATA_HOME: path.join(home, 'data') } },
  );
  const [, display = '', authority = '', bus = ''] = await session.waitFor(
    /^session: (\S+) (\S+) (unix:\S+)$/m,
  );
  return {
    env: {
      DISPLAY: display,
      XAUTHORITY: authority,
      DBUS_SESSION_BUS_ADDRESS: bus,
      XDG_RUNTIME_DIR: runtime,
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
  /** Closes its window, as its user would, and waits until the process has ended. Safe to repeat. */
  close(): Promise<void>;
}

/** A folder that Electron opens as an app: the tests' build, with its own name. */
async function appFolder(): Promise<string> {
  const folder = await temporaryFolder();
  const main = path.join(root, 'dist/desktop-test/electron.js');
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
    args: [...FLAGS, await appFolder()],
    env: environmentOf(options),
    cwd: root,
  });
  let closed: Promise<void> | undefined;
  const close = () => {
    closed ??= app.close();
    return closed;
  };
  whenFinished(close);
  return { app, page: await app.firstWindow(), close };
}

/** Starts the program once more, as a second click on its icon does. */
export async function startAgain(options: DesktopOptions): Promise<StartedProcess> {
  return startProcess(options.executable, [...FLAGS, await appFolder()], { env: environmentOf(options) });
}
