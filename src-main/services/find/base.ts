import type { BaseUpdate, ImageBase } from '../../common/find.ts';
import type { FoundBase, Inventory } from '../../data/index.ts';
import { isDigest, parseManifest, parseReference, RegistryError } from '../../engine/index.ts';
import type { ImageAt } from '../core/image-at.ts';
import { ServiceError } from '../errors.ts';
import { urgentSourceOf } from '../place-handle.ts';
import type { NameRegistry } from './places.ts';

const NAME = 'org.opencontainers.image.base.name';
const DIGEST = 'org.opencontainers.image.base.digest';
/** Updates that are named: the newest of them is what matters. */
const UPDATES_MAX = 20;

export interface BaseSearch {
  inventory: Inventory;
  nameOf: NameRegistry;
  accounts: readonly { id: string; host: string }[];
}

type Stated = NonNullable<ImageBase['stated']>;

/** By what the image says of itself, and by the layers of images that scans have seen. @throws ServiceError `invalidInput` where it is no image; RegistryError */
export async function findBase(
  search: BaseSearch,
  { handle, repository, reference }: ImageAt,
  index: string | undefined,
  signal: AbortSignal | undefined,
): Promise<ImageBase> {
  const source = await urgentSourceOf(handle, signal);
  const raw = await source.get(repository, reference, signal);
  const manifest = parseManifest(raw);
  if (manifest.kind !== 'image')
    throw new ServiceError('invalidInput', `${raw.digest} is no image: it was built on none.`);
  const around =
    index === undefined ? {} : annotationsOf(parseManifest(await source.get(repository, index, signal)));
  const layers = manifest.layers.map(({ digest }) => digest);
  const [found] = await search.inventory.ask('bases', { layers }, signal);
  const stated = await statedBase(search, { ...around, ...annotationsOf(manifest) });
  const byLayers = found?.updates.map(({ registry, looked, ...update }) => ({
    ...update,
    ...search.nameOf(registry),
    seen: new Date(looked).toISOString(),
  }));
  return {
    digest: raw.digest,
    layers: layers.length,
    ...(stated ? { stated: stated.stated } : {}),
    ...(found ? { found: foundOf(search, found) } : {}),
    updates: newestFirst([...(stated?.updates ?? []), ...(byLayers ?? [])]).slice(0, UPDATES_MAX),
  };
}

function foundOf(
  { nameOf }: BaseSearch,
  { updates: _, tagged, ...found }: FoundBase,
): NonNullable<ImageBase['found']> {
  const places = tagged.map(({ registry, ...place }) => ({ ...nameOf(registry), ...place }));
  return { ...found, places };
}

function annotationsOf(manifest: ReturnType<typeof parseManifest>): Readonly<Record<string, string>> {
  return 'annotations' in manifest ? (manifest.annotations ?? {}) : {};
}

/** What the image says of its base, and whether the tag that it names points there still. */
async function statedBase(
  search: BaseSearch,
  annotations: Readonly<Record<string, string>>,
): Promise<{ stated: Stated; updates: BaseUpdate[] } | undefined> {
  // Builders write them empty for an image that is built on none.
  const [name, digest] = [annotations[NAME] || undefined, annotations[DIGEST] || undefined];
  if (name === undefined && digest === undefined) return undefined;
  const stated = { ...(name === undefined ? {} : { name }), ...(digest === undefined ? {} : { digest }) };
  const unknown = { stated: { ...stated, tag: 'unknown' } as const, updates: [] };
  if (name === undefined || digest === undefined || !isDigest(digest)) return unknown;
  const named = referenceOf(name);
  if (named?.tag === undefined) return unknown;
  const { host, repository, tag } = named;
  const updates: BaseUpdate[] = [];
  let isSeen = false;
  for (const key of keysOf(search, host)) {
    const [now] = await search.inventory.lookedTags(key, repository, [tag]);
    if (!now) continue;
    isSeen = true;
    // An index that has it is the same base, for all its platforms.
    const [facts] = await search.inventory.facts([now.digest]);
    if (now.digest === digest || facts?.children.some((child) => child.digest === digest)) continue;
    const [line] = await search.inventory.summaries(key, repository, [tag]);
    updates.push({
      ...search.nameOf(key),
      repository,
      tag,
      digest: now.digest,
      ...(line?.created === undefined ? {} : { created: line.created }),
      seen: new Date(now.looked).toISOString(),
    });
  }
  return isSeen ? { stated: { ...stated, tag: updates.length > 0 ? 'moved' : 'same' }, updates } : unknown;
}

/** An image can say anything. */
function referenceOf(name: string): ReturnType<typeof parseReference> | undefined {
  try {
    return parseReference(name);
  } catch (error) {
    if (error instanceof RegistryError) return undefined;
    throw error;
  }
}

/** How the inventory may name a registry. */
function keysOf({ accounts }: BaseSearch, host: string): string[] {
  const ids = accounts.filter((account) => account.host === host).map(({ id }) => id);
  return [...ids, `https://${host}`, `http://${host}`];
}

/** Each tag once. */
function newestFirst(updates: readonly BaseUpdate[]): BaseUpdate[] {
  const byTag = new Map(updates.map((each) => [`${each.host}/${each.repository}:${each.tag}`, each]));
  return [...byTag.values()].sort(
    (one, other) => Date.parse(other.created ?? other.seen) - Date.parse(one.created ?? one.seen),
  );
}
