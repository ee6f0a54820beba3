import type { ContentSource } from '../content/source.ts';
import type { ContentTarget } from '../content/target.ts';
import { lookAt } from '../endpoints/look.ts';
import { orMissing, RegistryError } from '../errors.ts';
import { forEachLimit } from '../for-each-limit.ts';
import { cosignTags } from '../model/attached-tags.ts';
import type { RawManifest } from '../model/manifest.ts';
import { onSide } from './sides.ts';

/** Things attached to attached things: a signature of an SBOM is the deepest there is. */
const DEPTH_MAX = 4;
/** More are an attack or a mistake; a busy image has some dozens. */
const ATTACHED_MAX = 2_000;
/** Manifests asked about at a time. */
const ASKS = 4;

/** A manifest that belongs to another one. */
export interface Attached {
  manifest: RawManifest;
  /** Digest of what it is attached to, for referrers. */
  subject?: string;
  /** Cosign's tag. */
  tag?: string;
}

/**
 * Everything attached to these manifests and to what is attached to them, each once: referrers (by the API or the fallback tag)
 * and cosign's tags. Safe against loops.
 *
 * @throws {RegistryError} `endlessList` for more than there can be.
 * @see OCI distribution-spec 1.1, "Listing Referrers"
 */
export async function findAttached(
  source: ContentSource,
  repository: string,
  digests: readonly string[],
  signal: AbortSignal | undefined,
): Promise<Attached[]> {
  const found: Attached[] = [];
  const asked = new Set(digests);
  let level = [...asked];
  for (let depth = 0; level.length > 0 && depth < DEPTH_MAX; depth++) {
    const next = new Set<string>();
    await forEachLimit(
      level,
      ASKS,
      async (digest, stop) => {
        for (const one of await attachedTo(source, repository, digest, stop)) {
          if (found.some(({ manifest, tag }) => manifest.digest === one.manifest.digest && tag === one.tag))
            continue;
          found.push(one);
          if (!asked.has(one.manifest.digest)) next.add(one.manifest.digest);
        }
        if (found.length > ATTACHED_MAX) {
          throw new RegistryError('endlessList', '', {
            reason: `More than ${ATTACHED_MAX} manifests are attached to one image.`,
            side: 'source',
          });
        }
      },
      signal,
    );
    for (const digest of next) asked.add(digest);
    level = [...next];
  }
  return found;
}

/**
 * What a repository lists as attached. A manifest can be there and in no list: where the registry keeps none itself, a run may
 * have ended between the manifest and its note.
 */
export class ListedReferrers {
  readonly #target: ContentTarget;
  readonly #repository: string;
  readonly #signal: AbortSignal;
  readonly #lists = new Map<string, ReadonlySet<string>>();

  constructor(target: ContentTarget, repository: string, signal: AbortSignal) {
    this.#target = target;
    this.#repository = repository;
    this.#signal = signal;
  }

  /** @param subject undefined for what is in no list: cosign's tags. @throws {RegistryError} with `side` */
  async has(subject: string | undefined, digest: string): Promise<boolean> {
    if (subject === undefined) return true;
    let list = this.#lists.get(subject);
    if (!list) {
      const { found = [] } = await onSide('target', () =>
        lookAt(this.#target.referrers(this.#repository, subject, this.#signal)),
      );
      list = new Set(found.map((entry) => entry.digest));
      this.#lists.set(subject, list);
    }
    return list.has(digest);
  }
}

async function attachedTo(
  source: ContentSource,
  repository: string,
  digest: string,
  signal: AbortSignal,
): Promise<Attached[]> {
  const found: Attached[] = [];
  for (const { digest: referrer } of await source.referrers(repository, digest, signal)) {
    // A list may name what was deleted since.
    const manifest = await orMissing(source.get(repository, referrer, signal));
    if (manifest) found.push({ manifest, subject: digest });
  }
  for (const { tag } of cosignTags(digest)) {
    const head = await orMissing(source.head(repository, tag, signal));
    // What a tag points at is there: without it the signature would be left behind unnoticed.
    if (head) found.push({ manifest: await source.get(repository, head.digest, signal), tag });
  }
  return found;
}
