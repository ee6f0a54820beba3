import { createHash, timingSafeEqual } from 'node:crypto';
import type { AccessNeed, RegistryAuth } from '../options.ts';
import { RegistryError } from '../registry-error.ts';

/** A valid sign-in is enough. */
export const SIGNED_IN: AccessNeed = { type: 'registry', name: '', actions: [] };

/** Who may do what; without `auth` everyone everything. */
export class Access {
  readonly #auth: RegistryAuth | undefined;

  constructor(auth: RegistryAuth | undefined) {
    this.#auth = auth;
  }

  get isOpen(): boolean {
    return this.#auth === undefined;
  }

  /** True where every signed-in user may read every repository. */
  get readsAreShared(): boolean {
    return this.#auth?.kind !== 'token';
  }

  /** @throws {RegistryError} 401 with the challenge that fits. */
  demand(authorization: string | undefined, need: AccessNeed): void {
    const auth = this.#auth;
    if (!auth) return;
    const [scheme = '', credentials = ''] = splitOnce(authorization ?? '', ' ');
    if (auth.kind === 'basic') {
      if (scheme.toLowerCase() === 'basic' && isUser(auth.users, credentials.trim())) return;
      throw unauthorized('Basic realm="Local registry", charset="UTF-8"', need);
    }
    const challenge = `Bearer realm="${auth.realm}",service="${auth.service}"${scope(need)}`;
    if (scheme.toLowerCase() !== 'bearer') throw unauthorized(challenge, need);
    const verdict = auth.verify(credentials.trim(), need);
    if (verdict === 'ok') return;
    const error = verdict === 'invalid' ? 'invalid_token' : 'insufficient_scope';
    throw unauthorized(`${challenge},error="${error}"`, need);
  }

  allows(authorization: string | undefined, need: AccessNeed): boolean {
    try {
      this.demand(authorization, need);
      return true;
    } catch {
      return false;
    }
  }
}

function scope({ type, name, actions }: AccessNeed): string {
  return actions.length === 0 ? '' : `,scope="${type}:${name}:${actions.join(',')}"`;
}

function unauthorized(challenge: string, need: AccessNeed): RegistryError {
  const detail = need.actions.map((action) => ({ Type: need.type, Name: need.name, Action: action }));
  return new RegistryError(401, 'UNAUTHORIZED', 'authentication required', {
    detail,
    headers: { 'www-authenticate': challenge },
  });
}

function isUser(users: Record<string, string>, credentials: string): boolean {
  const [name = '', password = ''] = splitOnce(Buffer.from(credentials, 'base64').toString('utf8'), ':');
  const expected = Object.hasOwn(users, name) ? users[name] : undefined;
  const same = timingSafeEqual(sha256(password), sha256(expected ?? ''));
  return expected !== undefined && same;
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

function splitOnce(text: string, separator: string): [string, string] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + separator.length)];
}
