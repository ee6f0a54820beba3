import { setImmediate as turn } from 'node:timers/promises';
import { lookAt } from '../endpoints/look.ts';
import { listTags, listTagsIfAny } from '../endpoints/tags.ts';
import { RegistryError } from '../errors.ts';
import { forEachLimit } from '../for-each-limit.ts';
import type { ManifestHead, RawManifest } from '../model/manifest.ts';
import { isManifestType } from '../model/media-types.ts';
import { blobsOf } from '../model/parts.ts';
import { readPlaceholder } from '../model/placeholder.ts';
import { graph, type ManifestGraph } from '../reading/graph.ts';
import { foundByProduct, listedByProduct } from '../reading/listed.ts';
import type { ManifestReader } from '../reading/reader.ts';
import type { Registry } from '../registry/registry.ts';
import { childLooks, holdingsByFacts } from './fact-holdings.ts';
import type { Contents, Holdings } from './holdings.ts';
import { holdingsOf, holdingsOfFound, type ListedManifests, listedManifests } from './listed-holdings.ts';
import type { ReportOptions } from './report.ts';
import { isHopeless, READS } from './seen.ts';

/** What a tag or digest points at. */
type SeenHead = Pick<ManifestHead, 'digest' | 'mediaType'>;

/** Tags and digests looked at for the plan that is being made: none of them is asked for again, and what is asked for is added. */
export type SeenHeads = Map<string, SeenHead>;

/** A repository's tags as they are: what each points at. */
export interface Snapshot {
  heads: ReadonlyMap<string, SeenHead>;
  byDigest: ReadonlyMap<string, readonly string[]>;
  /** What the product's list says of them, where it has one. */
  listed: ListedManifests;
  /** Tags that a rule of the registry keeps as they are, as far as its list says so. */
  immutable: ReadonlySet<string>;
  /** Tags that the registry lists and refuses to resolve: what they point at is not known. */
  unseen: ReadonlyMap<string, RegistryError>;
}

export const digestAt = ({ heads }: Snapshot, tag: string): string => heads.get(tag)?.digest ?? '';
export const tagsOf = ({ byDigest }: Snapshot, digest: string): readonly string[] =>
  byDigest.get(digest) ?? [];

/**
 * Costs one HEAD for each tag that the product does not list with its digest itself and that was not seen.
 *
 * @param options `untagged`: it may be a repository without any tag
 * @throws {RegistryError} `notFound` for another one that is not there
 */
export async function readTags(
  registry: Registry,
  reader: ManifestReader,
  repository: string,
  { untagged, seen, signal, report }: ReportOptions & { untagged: boolean; seen: SeenHeads },
): Promise<Snapshot> {
  const names = new Set<string>();
  const list = untagged ? listTagsIfAny : listTags;
  for await (const page of list(registry.client, repository, { signal }))
    for (const tag of page) names.add(tag);
  const listed = await listedByProduct(registry, repository, { signal, attached: true });
  const heads = new Map<string, SeenHead>();
  const unseen = new Map<string, RegistryError>();
  let looked = 0;
  await forEachLimit(
    names,
    READS,
    async (tag, stop) => {
      const known = listed.get(tag) ?? seen.get(tag);
      // Neither: listed and gone, deleted meanwhile or left over from an old deletion.
      const { found, unseen: why } = known
        ? { found: known, unseen: undefined }
        : await lookAt(reader.head(repository, tag, stop));
      if (found) {
        heads.set(tag, found);
        seen.set(tag, found);
      }
      if (why) unseen.set(tag, why);
      report?.(++looked, names.size);
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
  const immutable = new Set([...listed.values()].flatMap((artifact) => artifact.immutable ?? []));
  return { heads, byDigest, unseen, immutable, listed: listedManifests(listed.values(), tagged) };
}

/** Manifests looked up at once, before others get a turn on the event loop. */
const KNOWN_AT_ONCE = 50;

/**
 * Finds what the tagged manifests hold: of what was read before, by facts that are known, as the product says, and of the rest by
 * reading it. One that cannot be read is returned as not known and holds up none of its neighbours.
 *
 * @throws {RegistryError} what any other manifest would fail with as well
 */
export async function readContents(
  registry: Registry,
  reader: ManifestReader,
  repository: string,
  { byDigest, heads, listed }: Pick<Snapshot, 'byDigest' | 'heads' | 'listed'>,
  { seen, signal, report }: ReportOptions & { seen: SeenHeads },
): Promise<Contents> {
  const contents = new Map<string, Holdings>();
  const tell = () => report?.(contents.size, byDigest.size);
  const settle = (
    digests: readonly string[],
    find: (digest: string, stop: AbortSignal) => Promise<Holdings | undefined>,
  ) =>
    forEachLimit(
      digests,
      READS,
      async (digest, stop) => {
        const found = await orUnknown(find(digest, stop));
        if (found) contents.set(digest, found);
        tell();
      },
      signal,
    );
  const servedAs = async (digest: string, stop: AbortSignal): Promise<string> => {
    const known = heads.get(byDigest.get(digest)?.[0] ?? '') ?? seen.get(digest);
    const head = known ?? (await reader.head(repository, digest, stop));
    seen.set(digest, head);
    return head.mediaType;
  };
  const isOpen = (digest: string): boolean => !contents.has(digest);
  const digests = [...byDigest.keys()];
  const looks = childLooks(digests.length);
  for (let start = 0; start < digests.length; start += KNOWN_AT_ONCE) {
    const some = digests.slice(start, start + KNOWN_AT_ONCE);
    await settle(some, (digest, stop) => keptHoldings(reader, repository, digest, stop));
    const open = some.filter(isOpen);
    for (const [digest, known] of await holdingsByFacts(reader, open, servedAs, looks, signal))
      contents.set(digest, known);
    tell();
    // What is kept is read without waiting for anything.
    await turn();
  }
  await settle(
    digests.filter(isOpen),
    async (digest, stop) =>
      (listed.size > 0
        ? (holdingsOf(digest, listed) ??
          holdingsOfFound(await foundByProduct(registry, repository, digest, stop), listed))
        : undefined) ?? (await readHoldings(reader, repository, digest, stop)),
  );
  return contents;
}

/** What is wrong with one manifest makes what it holds unknown. */
async function orUnknown(holdings: Promise<Holdings | undefined>): Promise<Holdings | undefined> {
  try {
    return await holdings;
  } catch (error) {
    if (!(error instanceof RegistryError) || isHopeless(error)) throw error;
    return { contained: new Set(), parts: new Map(), replacedBy: undefined, unknown: error };
  }
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
