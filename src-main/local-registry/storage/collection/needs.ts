import type { ContentStore } from '../content.ts';
import { namedBy } from '../named.ts';
import type { RepositoryIndex } from '../repository-index.ts';

/** Manifests read at once. */
const READ_AT_ONCE = 16;

/** What each manifest of a repository needs, read once. */
export class Needs {
  readonly #content: ContentStore;
  readonly #named = new Map<string, readonly string[]>();
  /** Layers are shared: each digest is held once. */
  readonly #digests = new Map<string, string>();
  /** Manifests of which that cannot be known: nothing of their repository may be taken. */
  readonly unreadable = new Set<string>();

  constructor(content: ContentStore) {
    this.#content = content;
  }

  /** Reads those manifests of the repository that were not read yet. */
  async read(index: RepositoryIndex, signal: AbortSignal): Promise<void> {
    const waiting = [...index.manifests.keys()].filter((digest) => !this.#named.has(digest));
    for (let at = 0; at < waiting.length; at += READ_AT_ONCE) {
      signal.throwIfAborted();
      await Promise.all(waiting.slice(at, at + READ_AT_ONCE).map((digest) => this.#readOne(index, digest)));
    }
    for (const digest of this.unreadable) if (!index.manifests.has(digest)) this.unreadable.delete(digest);
  }

  of(digest: string): readonly string[] {
    return this.#named.get(digest) ?? [];
  }

  async #readOne(index: RepositoryIndex, digest: string): Promise<void> {
    const record = index.manifests.get(digest);
    if (!record) return;
    const bytes = await this.#content.read(digest);
    const names = bytes && namedBy(bytes, record.mediaType);
    if (!names) this.unreadable.add(digest);
    this.#named.set(
      digest,
      (names ?? []).map((name) => this.#once(name)),
    );
  }

  #once(digest: string): string {
    const known = this.#digests.get(digest);
    if (known === undefined) this.#digests.set(digest, digest);
    return known ?? digest;
  }
}

/**
 * Adds to the living manifests those that the roots keep: themselves, the children of living indexes, and what refers to a living
 * manifest.
 */
export function spread(
  roots: Iterable<string>,
  living: Set<string>,
  index: RepositoryIndex,
  needs: Needs,
): void {
  const waiting = [...roots];
  for (let digest = waiting.pop(); digest !== undefined; digest = waiting.pop()) {
    if (living.has(digest) || !index.manifests.has(digest)) continue;
    living.add(digest);
    waiting.push(...needs.of(digest), ...index.referrerDigests(digest));
  }
}
