import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import type { FoundSignIn } from '../../common/account.ts';
import { ServiceError } from '../errors.ts';
import type { FoundCredentials } from './credential-helper.ts';

/** Docker's and Podman's files hold a few sign-ins. */
const MAX_FILE = 4 * 1024 * 1024;
const text = z.string().nullish();
const entry = z.object({ auth: text, username: text, password: text, identitytoken: text });

/** Each entry is read for itself: one that cannot be read costs its own host only. */
const content = z.object({
  auths: z.record(z.string(), z.unknown()).nullish(),
  credsStore: z.unknown().optional(),
  credHelpers: z.record(z.string(), z.unknown()).nullish(),
});

export type AuthEntry = z.infer<typeof entry>;

/** A configuration file of Docker or Podman, as far as it is about signing in. */
export interface AuthFile {
  origin: FoundSignIn['origin'];
  file: string;
  auths: ReadonlyMap<string, AuthEntry | 'unreadable'>;
  credsStore: string | undefined;
  credHelpers: ReadonlyMap<string, string>;
}

/** Where Docker and Podman look, in that order. @see containers-auth.json(5) */
export function authFilePlaces(
  environment: NodeJS.ProcessEnv,
): { origin: FoundSignIn['origin']; file: string }[] {
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

/** Undefined where there is no such file. @throws ServiceError `invalidInput` if it cannot be read at all; quotes nothing of it */
export async function readAuthFile(
  origin: FoundSignIn['origin'],
  file: string,
): Promise<AuthFile | undefined> {
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
  // Editors leave a byte-order mark, and a client that never signed in leaves an empty file.
  const json = text.replace(/^\ufeff/, '').trim();
  let parsed: z.infer<typeof content>;
  try {
    parsed = content.parse(json === '' ? {} : JSON.parse(json));
  } catch {
    throw new ServiceError(
      'invalidInput',
      `${file} is not a valid configuration of ${origin === 'docker' ? 'Docker' : 'Podman'}.`,
    );
  }
  const auths = Object.entries(parsed.auths ?? {}).map(
    ([key, value]) =>
      [key, entry.nullable().safeParse(value).data ?? (value === null ? {} : 'unreadable')] as const,
  );
  const helpers = Object.entries(parsed.credHelpers ?? {}).map(
    ([key, value]) => [key, nameOf(value)] as const,
  );
  return {
    origin,
    file,
    auths: new Map(auths),
    credsStore: nameOf(parsed.credsStore) || undefined,
    // An empty name takes a host out of the helpers again.
    credHelpers: new Map(helpers.filter(([, name]) => name !== '')),
  };
}

/** What is no text is no name of a helper either, which is reported where it would be used. */
function nameOf(value: unknown): string {
  return value === null || value === undefined ? '' : String(value);
}

/** User and password of an entry, undefined where it holds none. */
export function plainCredentials(auth: AuthEntry): FoundCredentials | undefined {
  if (auth.identitytoken) return { kind: 'identityToken', token: auth.identitytoken };
  if (auth.auth) {
    const decoded = Buffer.from(auth.auth, 'base64').toString('utf8');
    const colon = decoded.indexOf(':');
    if (colon <= 0) return undefined;
    // Docker pads some passwords with NUL.
    const password = decoded.slice(colon + 1).replace(/\0+$/, '');
    return { kind: 'password', username: decoded.slice(0, colon), password };
  }
  return auth.username && auth.password
    ? { kind: 'password', username: auth.username, password: auth.password }
    : undefined;
}

/** Stable while the files do not change. */
export function signInId(...parts: readonly string[]): string {
  return createHash('sha256').update(parts.join('\0')).digest('hex').slice(0, 32);
}
