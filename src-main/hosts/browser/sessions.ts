import { createHash, randomBytes } from 'node:crypto';

/** 256 bits: not guessed. */
const SECRET_BYTES = 32;

/**
 * One-time tokens and the sessions they are changed for. Only hashes are kept, and looking a hash up tells nothing about
 * another one by its time.
 */
export class Sessions {
  readonly #tokens = new Map<string, number>();
  readonly #sessions = new Set<string>();

  /** A token good for one sign-in. @param lifetime milliseconds; for ever by default */
  issueToken(lifetime = Number.POSITIVE_INFINITY): string {
    const token = randomBytes(SECRET_BYTES).toString('base64url');
    this.#tokens.set(hashOf(token), Date.now() + lifetime);
    return token;
  }

  /** The secret of a new session, or null for a token that is wrong, used or too old. */
  signIn(token: string): string | null {
    const key = hashOf(token);
    const expires = this.#tokens.get(key);
    this.#tokens.delete(key);
    if (expires === undefined || Date.now() > expires) return null;
    const session = randomBytes(SECRET_BYTES).toString('base64url');
    this.#sessions.add(hashOf(session));
    return session;
  }

  /** Whether a Cookie header holds a session. */
  holds(cookieName: string, header: string | undefined): boolean {
    return (header ?? '').split(';').some((pair) => {
      const [name, value] = pair.trim().split('=', 2);
      return name === cookieName && value !== undefined && this.#sessions.has(hashOf(value));
    });
  }
}

function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('base64');
}
