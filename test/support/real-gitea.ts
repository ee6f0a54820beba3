import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type SignIn, tester } from './docker-registry.ts';
import { freePort } from './free-port.ts';
import { runProcess, startProcess, waitForPort } from './process.ts';
import { basicAuthorization, type PushTarget, plainRequest } from './push.ts';
import { temporaryFolder } from './temporary.ts';

/** Gitea with SQLite, running until the test or the file ends. */
export interface RealGitea {
  readonly url: string;
  /** {@link tester}, its administrator. */
  readonly signIn: SignIn;
  /** An access token of the same. */
  readonly token: string;
  readonly target: PushTarget;
  /** `METHOD /path?query` of each request so far. */
  requestLines(): readonly string[];
}

const START_TIMEOUT_MS = 120_000;

/** Gitea refuses to be run as root unless it is told so. */
const environment = {
  GITEA_I_AM_BEING_UNSAFE_RUNNING_AS_ROOT: 'true',
  GITEA_WORK_DIR: undefined,
  GITEA_CUSTOM: undefined,
};

/** Of a program without its resources within, as `go build` makes it: they are in its sources, which `.ci/run` puts beside it. */
function resourcesOf(program: string): string[] {
  const sources = path.join(path.dirname(program), 'sources');
  return existsSync(sources) ? [`STATIC_ROOT_PATH = ${sources}`] : [];
}

/**
 * Starts one on a free port of 127.0.0.1 and an empty database, with {@link tester} as its administrator.
 *
 * @param organisations owners of packages beside that user
 * @param page items in a page of its API
 * @throws with its log if it does not start
 */
export async function startRealGitea(
  program: string,
  { organisations = [], page = 50 }: { organisations?: readonly string[]; page?: number } = {},
): Promise<RealGitea> {
  const [folder, port] = [await temporaryFolder(), await freePort()];
  const url = `http://127.0.0.1:${port}`;
  const file = path.join(folder, 'app.ini');
  const lines = [
    'RUN_MODE = prod',
    '[server]',
    'HTTP_ADDR = 127.0.0.1',
    `HTTP_PORT = ${port}`,
    `ROOT_URL = ${url}/`,
    'OFFLINE_MODE = true',
    'DISABLE_SSH = true',
    ...resourcesOf(program),
    '[database]',
    'DB_TYPE = sqlite3',
    'SQLITE_JOURNAL_MODE = WAL',
    '[api]',
    `MAX_RESPONSE_ITEMS = ${page}`,
    '[security]',
    'INSTALL_LOCK = true',
    `SECRET_KEY = ${randomBytes(16).toString('hex')}`,
    '[oauth2]',
    `JWT_SECRET = ${randomBytes(32).toString('base64url')}`,
    '[log]',
    'LEVEL = Info',
    'logger.access.MODE = console',
    'logger.router.MODE =',
    'ACCESS_LOG_TEMPLATE = asked "{{.Ctx.Req.Method}} {{.Ctx.Req.URL.RequestURI}} {{.Ctx.Req.Proto}}" {{.ResponseWriter.Status}}',
  ];
  await writeFile(file, `${lines.join('\n')}\n`);
  const run = (...words: string[]) =>
    runProcess(program, ['--work-path', folder, '--config', file, ...words], { env: environment });
  await run('migrate');
  const name = ['--username', tester.username];
  const user = [...name, '--password', tester.password, '--email', 'tester@example.test', '--admin'];
  await run('admin', 'user', 'create', ...user, '--must-change-password=false');
  const said = await run('admin', 'user', 'generate-access-token', ...name, '--scopes', 'all', '--raw');
  const [token = ''] = /^[0-9a-f]{40}$/m.exec(said) ?? [];
  const child = await startProcess(program, ['--work-path', folder, '--config', file, 'web'], {
    env: environment,
  });
  // It says so before it listens.
  await child.waitFor(/Starting new Web server/, START_TIMEOUT_MS);
  await waitForPort(port, START_TIMEOUT_MS);
  // A token is checked in less time than a password.
  const target = { url, authorize: () => basicAuthorization(tester.username, token) };
  for (const username of organisations) {
    const made = await plainRequest(target, '/api/v1/orgs', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: Buffer.from(JSON.stringify({ username })),
    });
    if (made.status !== 201) throw new Error(`The organisation ${username}: ${made.status} ${made.body}`);
  }
  return {
    url,
    signIn: tester,
    token,
    target,
    requestLines: () =>
      [...child.output().matchAll(/"([A-Z]+ \/\S*) HTTP\/1\.1"/g)].map(([, line = '']) => line),
  };
}
