import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/websocket';
import type { ContractRouterClient } from '@orpc/contract';
import { WebSocket } from 'ws';
import { RPC_PROTOCOL, SESSION_PROTOCOL_PREFIX } from '../../src-main/contract/browser-session.ts';
import type { Contract } from '../../src-main/contract/index.ts';

const root = path.resolve(import.meta.dirname, '../..');
/** A start is allowed this long on a busy machine; nothing waits so long when all is well. */
const START_TIMEOUT_MS = 60_000;
/** The app closes its connections and its database when asked to end; after this it is killed. */
const STOP_TIMEOUT_MS = 30_000;

/** The main side as the renderer reaches it: typed by the contract, over the browser host's WebSocket. */
export type TestApi = ContractRouterClient<Contract>;

export interface AppOptions {
  /** Where it keeps its data, its user's home included. The caller makes and removes it. */
  readonly home: string;
  readonly env?: Readonly<Record<string, string>>;
  /** A free one unless given. */
  readonly port?: string;
}

/** The built browser host, running. */
export interface App {
  /** `http://127.0.0.1:PORT`. */
  readonly origin: string;
  /** As printed: signs one browser in, once. */
  readonly address: string;
  /** Its data folder (`WHARFINGER_HOME`). */
  readonly home: string;
  /** Everything printed so far. */
  output(): string;
  /** Signs in with the printed address, once, and gives the session's secret. */
  session(): Promise<string>;
  /** A connection of its own to the contract, for preparing and looking; it ends with the app. */
  api(): Promise<TestApi>;
  /** Ends it as Ctrl+C would. @throws if it does not end by itself, with an exit code that is not 0. Safe to repeat. */
  stop(): Promise<void>;
}

/**
 * Environment for a Wharfinger of its own: its data and its user's home are in `home`, no keychain answers, no proxy is set and no
 * sign-in of Docker or Podman is found but those that a test puts there.
 */
export function isolatedEnvironment(home: string): Record<string, string> {
  const hidden = /^(?:.*_proxy|DOCKER_.*|REGISTRY_AUTH_FILE|WHARFINGER_.*|XDG_.*|NODE_OPTIONS|VITEST.*)$/i;
  const kept = Object.entries(process.env).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && !hidden.test(entry[0]),
  );
  return {
    ...Object.fromEntries(kept),
    HOME: path.join(home, 'user'),
    USERPROFILE: path.join(home, 'user'),
    XDG_RUNTIME_DIR: path.join(home, 'run'),
    WHARFINGER_HOME: path.join(home, 'wharfinger'),
    // An address where no bus is: asking the keychain fails at once, and never reaches that of the person who runs the tests.
    DBUS_SESSION_BUS_ADDRESS: `unix:path=${path.join(home, 'no-bus')}`,
    CI: 'true',
  };
}

/** Starts dist/main/browser.js and waits for its address line. @throws with its output if none comes */
export async function startApp({ home, env = {}, port = '0' }: AppOptions): Promise<App> {
  await mkdir(path.join(home, 'run'), { recursive: true });
  await mkdir(path.join(home, 'user'), { recursive: true });
  const environment = { ...isolatedEnvironment(home), ...env };
  const child = spawn(process.execPath, ['dist/main/browser.js', '--port', port, '--no-open'], {
    cwd: root,
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const killOnExit = () => void child.kill('SIGKILL');
  process.once('exit', killOnExit);
  const ended = once(child, 'close').then(([code]) => {
    process.removeListener('exit', killOnExit);
    return code as number | null;
  });

  let output = '';
  const address = await new Promise<string>((resolve, reject) => {
    const fail = (why: string) => {
      clearTimeout(timer);
      reject(new Error(`The browser host ${why}. It printed:\n${output}`));
    };
    const timer = setTimeout(() => {
      child.kill('SIGKILL');
      fail('printed no address');
    }, START_TIMEOUT_MS);
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text;
        const line = /^Wharfinger is at (\S+)\n/m.exec(output)?.[1];
        if (line === undefined) return;
        clearTimeout(timer);
        resolve(line);
      });
    }
    void ended.then((code) => fail(`ended with ${code}`));
  });

  const { origin } = new URL(address);
  const sockets: WebSocket[] = [];
  let signedIn: Promise<string> | undefined;
  const session = () => {
    signedIn ??= signIn(address);
    return signedIn;
  };
  let stopped: Promise<void> | undefined;
  const stop = async () => {
    for (const socket of sockets) socket.terminate();
    child.kill('SIGTERM');
    const timer = setTimeout(killOnExit, STOP_TIMEOUT_MS);
    const code = await ended;
    clearTimeout(timer);
    if (code !== 0) throw new Error(`The browser host ended with ${code ?? 'a kill'}:\n${output}`);
  };

  return {
    origin,
    address,
    home: environment.WHARFINGER_HOME ?? home,
    output: () => output,
    session,
    async api() {
      const protocols = [RPC_PROTOCOL, SESSION_PROTOCOL_PREFIX + (await session())];
      const socket = new WebSocket(`${origin.replace('http', 'ws')}/rpc`, protocols, { origin });
      sockets.push(socket);
      await once(socket, 'open');
      return createORPCClient(new RPCLink({ websocket: socket as unknown as globalThis.WebSocket }));
    },
    stop() {
      stopped ??= stop();
      return stopped;
    },
  };
}

/** Changes a printed address for the secret of a session. */
async function signIn(address: string): Promise<string> {
  const reply = await fetch(address, { redirect: 'manual' });
  const secret = /#session=(\S+)$/.exec(reply.headers.get('location') ?? '')?.[1];
  if (secret === undefined) throw new Error(`Signing in answered ${reply.status} and no session`);
  return secret;
}
