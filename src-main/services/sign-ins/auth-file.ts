import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { ServiceError } from '../errors.ts';

/** Docker's and Podman's files hold a few sign-ins. */
const MAX_FILE = 4 * 1024 * 1024;
/** How Docker's files have always named Docker Hub. */
const DOCKER_HUB_KEY = 'https://index.docker.io/v1/';
const DOCKER_HUB_HOSTS = new Set([
  'docker.io',
  'index.docker.io',
  'registry-1.docker.io',
  'registry.hub.docker.com',
]);

const entry = z.object({
  auth: z.string().optional(),
  username: z.string().optional(),
  password: z.string().optional(),
  identitytoken: z.string().optional(),
});

const content = z.object({
  auths: z.record(z.string(), entry).nullish(),
  credsStore: z.string().nullish(),
  credHelpers: z.record(z.string(), z.string()).nullish(),
});

export type AuthEntry = z.infer<typeof entry>;

/** A configuration file of Docker or Podman, as far as it is about signing in. */
export interface AuthFile {
  origin: 'docker' | 'podman';
  file: string;
  auths: ReadonlyMap<string, AuthEntry>;
  credsStore: string | undefined;
  credHelpers: ReadonlyMap<string, string>;
}

/** Where Docker and Podman look, in that order. @see containers-auth.json(5) */
export function authFilePlaces(
  environment: NodeJS.ProcessEnv,
): { origin: 'docker' | 'podman'; file: string }[] {
  const home = environment.HOME || environment.USERPROFILE || homedir();
  const docker = join(environment.DOCKER_CONFIG || join(home, '.docker'), 'config.json');
  const podman = environment.REGISTRY_AUTH_FILE
    ? [environment.REGISTRY_AUTH_FILE]
    : [
        ...(environment.XDG_RUNTIME_DIR
          ? [join(environment.XDG_RUNTIME_DIR, 'containers', 'auth.json')]
          : []),
        join(environment.XDG_CONFIG_HOME || join(home, '.config'), 'containers', 'auth.json'),
      ];
  return [{ origin: 'docker', file: docker }, ...podman.map((file) => ({ origin: 'podman' as const, file }))];
}

/** Undefined where there is no such file. @throws ServiceError `invalidInput` if it cannot be read; quotes nothing of it */
export async function readAuthFile(origin: 'docker' | 'podman', file: string): Promise<AuthFile | undefined> {
  let text: string;
  try {
    if ((await stat(file)).size > MAX_FILE) throw new ServiceError('invalidInput', `${file} is too large.`);
    text = await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof ServiceError) throw error;
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw new ServiceError('invalidInput', `${file} cannot be read (${code ?? 'unknown'}).`);
  }
  let parsed: z.infer<typeof content>;
  try {
    parsed = content.parse(JSON.parse(text));
  } catch {
    throw new ServiceError(
      'invalidInput',
      `${file} is not a valid configuration of ${origin === 'docker' ? 'Docker' : 'Podman'}.`,
    );
  }
  return {
    origin,
    file,
    auths: new Map(Object.entries(parsed.auths ?? {})),
    credsStore: parsed.credsStore || undefined,
    credHelpers: new Map(Object.entries(parsed.credHelpers ?? {})),
  };
}

/** `host[:port]` of a key of `auths` or `credHelpers`; Docker Hub's many names become `docker.io`. */
export function hostOfKey(key: string): string {
  const bare = key.replace(/^https?:\/\//i, '');
  const host = (bare.split('/')[0] ?? '').toLowerCase();
  return DOCKER_HUB_HOSTS.has(host) ? 'docker.io' : host;
}

/** The key under which stores and helpers keep a host. */
export function keyOfHost(host: string): string {
  return host === 'docker.io' ? DOCKER_HUB_KEY : host;
}

/** User and password of an entry, undefined where it holds none. */
export function plainCredentials(
  auth: AuthEntry,
): { username: string; password: string } | { token: string } | undefined {
  if (auth.identitytoken) return { token: auth.identitytoken };
  if (auth.auth) {
    const decoded = Buffer.from(auth.auth, 'base64').toString('utf8');
    const colon = decoded.indexOf(':');
    if (colon <= 0) return undefined;
    // Docker pads some passwords with NUL.
    return { username: decoded.slice(0, colon), password: decoded.slice(colon + 1).replace(/\0+$/, '') };
  }
  return auth.username && auth.password ? { username: auth.username, password: auth.password } : undefined;
}

/** Stable while the files do not change. */
export function signInId(...parts: readonly string[]): string {
  return createHash('sha256').update(parts.join('\0')).digest('hex').slice(0, 32);
}
