import type { CallOptions } from '../endpoints/options.ts';
import { RegistryError } from '../errors.ts';
import type { TagSummary } from '../model/summary.ts';
import type { ListedArtifact } from '../product/abilities.ts';
import type { Registry } from '../registry/registry.ts';

/** What is no failure of the connection, which the protocol would meet as well. */
const ANSWERED: ReadonlySet<string> = new Set([
  'invalidResponse',
  'tooLarge',
  'endlessList',
  // Some find nothing by a digest, and Gitea nothing at all.
  'unsupported',
]);

/**
 * The artifacts behind tags, by tag, as far as the product's own list reports them: many in one request, and no pull is counted.
 * Empty where there is no such list, it is not for this account, or it cannot be read: then the protocol is asked. With `wanted` the
 * list is read until these tags are found, and no longer than asking for each by itself would take.
 *
 * @throws {RegistryError} those of the transport, `cancelled`.
 */
export async function listedByProduct(
  { abilities }: Registry,
  repository: string,
  { signal, wanted, attached }: CallOptions & { wanted?: readonly string[]; attached?: boolean } = {},
): Promise<ReadonlyMap<string, ListedArtifact>> {
  const found = new Map<string, ListedArtifact>();
  const { artifacts } = abilities;
  if (!artifacts) return found;
  const missing = wanted && new Set(wanted);
  let pages = 0;
  try {
    for await (const page of artifacts.list(repository, { signal, ...(attached ? { attached } : {}) })) {
      for (const artifact of page) {
        for (const tag of artifact.tags) {
          found.set(tag, artifact);
          missing?.delete(tag);
        }
      }
      pages++;
      if (missing && (missing.size === 0 || pages >= missing.size)) break;
    }
  } catch (error) {
    if (!isAnswer(error)) throw error;
  }
  return found;
}

/**
 * One artifact that is not in the product's list, which has neither what is attached to others nor what has no tag; no pull is
 * counted. Undefined where the product does not say: then the protocol is asked.
 *
 * @throws {RegistryError} those of the transport, `cancelled`.
 */
export async function foundByProduct(
  { abilities }: Registry,
  repository: string,
  reference: string,
  signal: AbortSignal | undefined,
): Promise<ListedArtifact | undefined> {
  try {
    return await abilities.artifacts?.find(repository, reference, signal);
  } catch (error) {
    if (!isAnswer(error)) throw error;
    return undefined;
  }
}

/**
 * Whether a rule of the registry keeps a tag as it is; false also where it does not say so before it refuses.
 *
 * @throws {RegistryError} those of the transport, `cancelled`.
 */
export async function isImmutable(
  registry: Registry,
  repository: string,
  tag: string,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  const found = await foundByProduct(registry, repository, tag, signal);
  return found?.immutable?.includes(tag) === true;
}

/**
 * Artifacts that no tag points at, page by page, by the product's own list: the registry's protocol has none.
 *
 * @throws {RegistryError} `unsupported` where there is no such list; those of the list.
 */
export async function* listUntagged(
  { abilities }: Registry,
  repository: string,
  { signal }: CallOptions = {},
): AsyncGenerator<readonly ListedArtifact[]> {
  if (!abilities.artifacts || abilities.artifacts.tagsOnly)
    throw new RegistryError('unsupported', '', {
      reason: 'This registry does not list manifests without a tag.',
    });
  for await (const page of abilities.artifacts.list(repository, { signal })) {
    const untagged = page.filter(({ tags }) => tags.length === 0);
    if (untagged.length > 0) yield untagged;
  }
}

function isAnswer(error: unknown): boolean {
  return error instanceof RegistryError && (error.status !== undefined || ANSWERED.has(error.code));
}

/** A tag's line as the product reports it, if it reports all of it. */
export function summaryOfListed(artifact: ListedArtifact | undefined): TagSummary | undefined {
  if (!artifact?.summary) return undefined;
  return { digest: artifact.digest, mediaType: artifact.mediaType, ...artifact.summary };
}
