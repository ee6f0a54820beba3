import { lookAt } from '../endpoints/look.ts';
import type { CallOptions } from '../endpoints/options.ts';
import { listTags } from '../endpoints/tags.ts';
import { COMMON_FAILURES, RegistryError } from '../errors.ts';
import { forEachLimit } from '../for-each-limit.ts';
import type { ManifestHead, RawManifest } from '../model/manifest.ts';
import { isManifestType } from '../model/media-types.ts';
import { blobsOf } from '../model/parts.ts';
import { readPlaceholder } from '../model/placeholder.ts';
import { graph, type ManifestGraph } from '../reading/graph.ts';
import { foundByProduct, listedByProduct } from '../reading/listed.ts';
import type { ManifestReader } from '../reading/reader.ts';
import type { Registry } from '../registry/registry.ts';
import type { Contents, Holdings } from './holdings.ts';
import { holdingsOf, holdingsOfFound, type ListedManifests, listedManifests } from './listed-holdings.ts';
import { READS } from './seen.ts';

/** A repository's tags as they are: what each points at. */
export interface Snapshot {
  heads: ReadonlyMap<string, Pick<ManifestHead, 'digest' | 'mediaType'>>;
  byDigest: ReadonlyMap<string, readonly string[]>;
  /** What the product's list says of them, where it has one. */
  listed: ListedManifests;
  /** Tags that the registry lists and refuses to resolve: what they point at is not known. */
  unseen: ReadonlyMap<string, RegistryError>;
}

export const digestAt = ({ heads }: Snapshot, tag: string): string => heads.get(tag)?.digest ?? '';
export const tagsOf = ({ byDigest }: Snapshot, digest: string): readonly string[] =>
  byDigest.get(digest) ?? [];

/** Costs one HEAD for each tag that the product does not list with its digest itself. */
export async function readTags(
  registry: Registry,
  reader: ManifestReader,
  repository: string,
  { signal }: CallOptions,
): Promise<Snapshot> {
  const names = new Set<string>();
  for await (const page of listTags(registry.client, repository, { signal }))
    for (const tag of page) names.add(tag);
  const listed = await listedByProduct(registry, repository, { signal, attached: true });
  const heads = new Map<string, Pick<ManifestHead, 'digest' | 'mediaType'>>();
  const unseen = new Map<string, RegistryError>();
  await forEachLimit(
    names,
    READS,
    async (tag, stop) => {
      const known = listed.get(tag);
      // Neither: listed and gone, deleted meanwhile or left over from an old deletion.
      const { found, unseen: why } = known
        ? { found: known, unseen: undefined }
        : await lookAt(reader.head(repository, tag, stop));
      if (found) heads.set(tag, found);
      if (why) unseen.set(tag, why);
    },
    signal,
  );
  const byDigest = new Map<string, string[]>();
  for (const tag of [...heads.keys()].sort()) {
    const digest = heads.get(tag)?.digest ?? '';
    byDigest.set(digest, [...(byDigest.get(digest) ?? []), tag]);
  }
  const tagged = [...heads.values()].map(({ digest, mediaType }) => ({
    digest,
    isImage: isManifestType(mediaType),
  }));
  return { heads, byDigest, unseen, listed: listedManifests(listed.values(), tagged) };
}

/**
 * Failures that say nothing of one manifest. A manifest is small, so a connection still lost after all tries is none of its
 * doing; but one may take the registry longer than it is given, and its neighbours do not.
 */
const HOPELESS: ReadonlySet<string> = new Set([...COMMON_FAILURES, 'connectionLost', 'cancelled']);

/**
 * Reads what the tagged manifests hold, unless it was read before or the product says so. One that cannot be read is returned as not
 * known and holds up none of its neighbours.
 *
 * @throws {RegistryError} what any other manifest would fail with as well
 */
export async function readContents(
  registry: Registry,
  reader: ManifestReader,
  repository: string,
  { byDigest, listed }: Pick<Snapshot, 'byDigest' | 'listed'>,
  signal: AbortSignal | undefined,
): Promise<Contents> {
  const contents = new Map<string, Holdings>();
  await forEachLimit(
    byDigest.keys(),
    READS,
    async (digest, stop) => {
      try {
        const known =
          listed.size > 0
            ? ((await keptHoldings(reader, repository, digest, stop)) ??
              holdingsOf(digest, listed) ??
              holdingsOfFound(await foundByProduct(registry, repository, digest, stop), listed))
            : undefined;
        contents.set(digest, known ?? (await readHoldings(reader, repository, digest, stop)));
      } catch (error) {
        if (!(error instanceof RegistryError) || HOPELESS.has(error.code)) throw error;
        contents.set(digest, {
          contained: new Set(),
          parts: new Map(),
          replacedBy: undefined,
          unknown: error,
        });
      }
    },
    signal,
  );
  return contents;
}

async function readHoldings(
  reader: ManifestReader,
  repository: string,
  digest: string,
  signal: AbortSignal,
): Promise<Holdings> {
  const root = await reader.get(repository, digest, signal);
  return holdingsIn(root, await graph(reader, repository, root, { signal, gaps: 'skip' }));
}

/** Of a manifest that was read before with all below it, so that its bytes need not be asked for. */
async function keptHoldings(
  reader: ManifestReader,
  repository: string,
  digest: string,
  signal: AbortSignal,
): Promise<Holdings | undefined> {
  const get = async (name: string, reference: string, stop?: AbortSignal): Promise<RawManifest> => {
    const found = await reader.kept?.(name, reference, stop);
    if (!found) throw new RegistryError('notFound', '');
    return found;
  };
  try {
    const root = await get(repository, digest, signal);
    return holdingsIn(root, await graph({ get }, repository, root, { signal }));
  } catch (error) {
    const unread = error instanceof RegistryError && ['notFound', 'invalidResponse'].includes(error.code);
    if (!unread) throw error;
    return undefined;
  }
}

function holdingsIn(root: RawManifest, whole: ManifestGraph): Holdings {
  const contained = new Set(whole.manifests.map((raw) => raw.digest));
  contained.delete(root.digest);
  const [unknown] = whole.unreadable.values();
  return {
    contained,
    parts: new Map(whole.manifests.map((raw) => [raw.digest, ownSizes(raw, whole)])),
    replacedBy: readPlaceholder(root),
    ...(unknown ? { unknown } : {}),
  };
}

function ownSizes({ digest, bytes }: RawManifest, { parsed }: ManifestGraph): Map<string, number> {
  const manifest = parsed.get(digest);
  const blobs = manifest ? blobsOf(manifest) : [];
  return new Map([[digest, bytes.byteLength], ...blobs.map((blob) => [blob.digest, blob.size] as const)]);
}
