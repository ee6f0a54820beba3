import { createHash, randomBytes } from 'node:crypto';

/** 256 bits: not guessed. */
const SECRET_BYTES = 32;
/** A session no page was connected with for this long is over: a working day, with its pauses, goes on in one. */
const SESSION_IDLE_MS = 12 * 60 * 60 * 1000;

interface Session {
  connections: number;
  /** When the last connection ended, or when it began. */
  idleSince: number;
}

/**
 * One-time tokens and the sessions they are changed for. Only hashes are kept, and looking a hash up reveals nothing about
 * another one by its time.
 */
export class Sessions {
  readonly #tokens = new Map<string, { expires: number; onUsed: () => void }>();
  readonly #sessions = new Map<string, Session>();

  /** A token good for one sign-in. @param lifetime milliseconds; for ever by default */
  issueToken(lifetime = Number.POSITIVE_INFINITY, onUsed: () => void = () => {}): string {
    const token = newSecret();
    this.#tokens.set(hashOf(token), { expires: Date.now() + lifetime, onUsed });
    return token;
  }

  /** The secret of a new session, or null for a token that is wrong, used or too old. */
  signIn(token: string): string | null {
    const key = hashOf(token);
    const issued = this.#tokens.get(key);
    this.#tokens.delete(key);
    if (issued === undefined || Date.now() > issued.expires) return null;
    issued.onUsed();
    const secret = newSecret();
    this.#sessions.set(hashOf(secret), { connections: 0, idleSince: Date.now() });
    return secret;
  }

  /** Whether a secret is that of a session which is not over. */
  holds(secret: string): boolean {
    return this.#find(secret) !== undefined;
  }

  /** Keeps a session alive until the answered function is called. Of no effect for a secret that `holds` refuses. */
  connect(secret: string): () => void {
    const session = this.#find(secret);
    if (session === undefined) return () => {};
    session.connections += 1;
    return () => {
      session.connections -= 1;
      session.idleSince = Date.now();
    };
  }

  #find(secret: string): Session | undefined {
    const key = hashOf(secret);
    const session = this.#sessions.get(key);
    if (session === undefined) return undefined;
    if (session.connections > 0 || Date.now() - session.idleSince <= SESSION_IDLE_MS) return session;
    this.#sessions.delete(key);
    return undefined;
  }
}

function newSecret(): string {
  return randomBytes(SECRET_BYTES).toString('base64url');
}

function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('base64');
}
