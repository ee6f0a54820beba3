import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type CertificateAndKey, makeCertificates } from './certificates.ts';
import { runProcess, startProcess } from './process.ts';
import { basicAuthorization, type PushTarget } from './push.ts';
import { temporaryFolder } from './temporary.ts';
import { startTokenService, type TokenService } from './token-service.ts';

/** The ways a real registry is set up for tests. Deleting is enabled in all but the last. */
export type DockerRegistrySetup = 'open' | 'htpasswdTls' | 'token' | 'deleteDisabled';

export interface SignIn {
  readonly username: string;
  readonly password: string;
}

/** Debian's docker-registry (distribution 2.8), running until the test or the file ends. */
export interface DockerRegistry {
  readonly url: string;
  /** For preparing it with `push`: may do everything. */
  readonly target: PushTarget;
  /** PEM of the authority that signed its certificate, where it speaks TLS. */
  readonly authority?: string;
  /** A user who may do everything, where sign-in is needed. */
  readonly signIn?: SignIn;
  readonly tokenService?: TokenService;
  /** Of its storage driver. */
  readonly folder: string;
  /**
   * Runs its garbage collection, which must not happen while anything is pushed.
   *
   * @param untagged manifests without a tag go as well
   */
  collectGarbage(untagged?: boolean): Promise<void>;
  /** What its dry run prints. */
  wouldCollect(untagged?: boolean): Promise<string>;
  /** What it logged so far, each request included. */
  log(): string;
  close(): Promise<void>;
}

/** Signs in everywhere that tests need a user who may do everything. */
export const tester: SignIn = { username: 'tester', password: 'päss:word with $' };

/** A token service at which `tester` may do everything and `reader` may only pull, without listing the catalog. */
export function startTesterTokenService(): Promise<TokenService> {
  return startTokenService({
    users: {
      [tester.username]: {
        password: tester.password,
        rights: { 'repository:*': ['pull', 'push', 'delete', '*'], 'registry:catalog': ['*'] },
      },
      reader: { password: 'reader', rights: { 'repository:*': ['pull'] } },
    },
  });
}

interface Programs {
  readonly 'docker-registry': string;
  /** Needed for `htpasswdTls`. */
  readonly htpasswd?: string;
}

interface Access {
  readonly config: object;
  readonly tls?: CertificateAndKey;
  readonly authority?: string;
  readonly signIn?: SignIn;
  readonly tokenService?: TokenService;
}

async function htpasswdAccess(folder: string, htpasswd: string | undefined): Promise<Access> {
  if (htpasswd === undefined) throw new Error('The htpasswd set-up needs the peer htpasswd');
  const { authority, server } = await makeCertificates();
  // -B: bcrypt, the only kind the registry takes; -C 5: as few rounds as allowed; -i: the password comes on stdin.
  const file = path.join(folder, 'htpasswd');
  await runProcess(htpasswd, ['-c', '-B', '-C', '5', '-i', file, tester.username], {
    input: tester.password,
  });
  return { config: { htpasswd: { realm: 'tests', path: file } }, tls: server, authority, signIn: tester };
}

async function tokenAccess(folder: string): Promise<Access> {
  const tokenService = await startTesterTokenService();
  const bundle = path.join(folder, 'token-authority.pem');
  await writeFile(bundle, tokenService.rootCertificate);
  const { realm, service, issuer } = tokenService;
  return {
    config: { token: { realm, service, issuer, rootcertbundle: bundle } },
    signIn: tester,
    tokenService,
  };
}

function authorizer({ signIn, tokenService }: Access): PushTarget['authorize'] {
  if (tokenService !== undefined) {
    return async (scopes) => `Bearer ${await tokenService.token(tester.username, scopes)}`;
  }
  return signIn === undefined ? undefined : () => basicAuthorization(signIn.username, signIn.password);
}

/** Maps laid over maps; anything else in place of what was there. */
function laidOver(under: object, over: object): object {
  const isMap = (value: unknown): value is object =>
    typeof value === 'object' && value !== null && !Array.isArray(value);
  const known = Object.entries(under);
  const merged = Object.entries(over).map(([key, value]: [string, unknown]) => {
    const before: unknown = Object.fromEntries(known)[key];
    return [key, isMap(before) && isMap(value) ? laidOver(before, value) : value];
  });
  return { ...under, ...Object.fromEntries(merged) };
}

/**
 * Starts one on a free port of 127.0.0.1 and an empty folder.
 *
 * @param more laid over its configuration
 * @param environment variables for it
 * @throws with its log if it does not start.
 */
export async function startDockerRegistry(
  setup: DockerRegistrySetup,
  programs: Programs,
  { more = {}, environment = {} }: { more?: object; environment?: Readonly<Record<string, string>> } = {},
): Promise<DockerRegistry> {
  const folder = await temporaryFolder();
  const storage = path.join(folder, 'storage');
  await mkdir(storage);
  let access: Access = { config: {} };
  if (setup === 'htpasswdTls') access = await htpasswdAccess(folder, programs.htpasswd);
  if (setup === 'token') access = await tokenAccess(folder);

  let tls: object | undefined;
  if (access.tls !== undefined) {
    const [certificate, key] = [path.join(folder, 'server.pem'), path.join(folder, 'server.key')];
    await writeFile(certificate, access.tls.certificate);
    await writeFile(key, access.tls.key, { mode: 0o600 });
    tls = { certificate, key };
  }
  const configuration = {
    version: '0.1',
    log: { level: 'info', accesslog: { disabled: false } },
    storage: { filesystem: { rootdirectory: storage }, delete: { enabled: setup !== 'deleteDisabled' } },
    // Port 0: the system chooses, and the log says which it was.
    http: { addr: '127.0.0.1:0', secret: 'tests', ...(tls === undefined ? {} : { tls }) },
    compatibility: { schema1: { enabled: true } },
    ...(setup === 'open' || setup === 'deleteDisabled' ? {} : { auth: access.config }),
  };
  const file = path.join(folder, 'config.yml');
  await writeFile(file, JSON.stringify(laidOver(configuration, more), null, 2)); // YAML includes JSON
  // REGISTRY_… variables would override the configuration.
  const cleared = Object.fromEntries(
    Object.keys(process.env)
      .filter((name) => name.startsWith('REGISTRY_'))
      .map((name) => [name, undefined]),
  );
  const child = await startProcess(programs['docker-registry'], ['serve', file], {
    env: { ...cleared, ...environment, OTEL_TRACES_EXPORTER: 'none' },
  });
  const [, port] = await child.waitFor(/listening on 127\.0\.0\.1:(\d+)/);
  const url = `${tls === undefined ? 'http' : 'https'}://127.0.0.1:${port}`;
  const { authority, signIn, tokenService } = access;
  const authorize = authorizer(access);
  const collect = (flags: readonly string[]) =>
    runProcess(programs['docker-registry'], ['garbage-collect', ...flags, file], {
      env: { ...cleared, OTEL_TRACES_EXPORTER: 'none' },
    });
  return {
    url,
    target: {
      url,
      ...(authority === undefined ? {} : { authority }),
      ...(authorize === undefined ? {} : { authorize }),
    },
    ...(authority === undefined ? {} : { authority }),
    ...(signIn === undefined ? {} : { signIn }),
    ...(tokenService === undefined ? {} : { tokenService }),
    folder: storage,
    collectGarbage: async (untagged = false) => void (await collect(untagged ? ['--delete-untagged'] : [])),
    wouldCollect: (untagged = false) => collect(['--dry-run', ...(untagged ? ['--delete-untagged'] : [])]),
    log: child.output,
    close: async () => void (await child.stop()),
  };
}
