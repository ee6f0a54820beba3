/** Shorter ones are in every word, and no secrets. */
const LENGTH_MIN = 3;
/** Tokens of one client that are kept out of texts; the oldest go first. One a repository is the common case. */
const KEPT_MAX = 100;

/** Everything this process signs in with, and by how many clients. */
const inUse = new Map<string, number>();
let pattern: RegExp | undefined;

/** Keeps what one client signs in with out of every text that this process shows or keeps, see {@link masked}. */
export class SecretGuard {
  readonly #own = new Set<string>();

  add(secrets: Iterable<string>): void {
    for (const secret of secrets) {
      if (secret.length < LENGTH_MIN || this.#own.has(secret)) continue;
      this.#own.add(secret);
      count(secret, 1);
      if (this.#own.size > KEPT_MAX) this.#drop(this.#own.values().next().value ?? '');
    }
  }

  /** The client is no more. */
  release(): void {
    for (const secret of this.#own) this.#drop(secret);
  }

  #drop(secret: string): void {
    this.#own.delete(secret);
    count(secret, -1);
  }
}

function count(secret: string, change: 1 | -1): void {
  const clients = (inUse.get(secret) ?? 0) + change;
  if (clients > 0) inUse.set(secret, clients);
  else inUse.delete(secret);
  pattern = undefined;
}

/** The text with `***` in place of what any client signs in with, also in other capitals and as encoded in URLs. */
export function masked(text: string): string {
  if (inUse.size === 0 || text === '') return text;
  pattern ??= patternOf(inUse.keys());
  return text.replace(pattern, '***');
}

function patternOf(secrets: Iterable<string>): RegExp {
  const forms = new Set(
    [...secrets].flatMap((secret) => [secret, encodeURIComponent(secret.toWellFormed())]),
  );
  // A secret that begins with another one goes whole.
  const longestFirst = [...forms].sort((a, b) => b.length - a.length);
  return new RegExp(
    longestFirst.map((form) => form.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')).join('|'),
    'gi',
  );
}
