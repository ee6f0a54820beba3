import type { FoundPackages, PackageVersion } from '../../common/find.ts';
import type { Inventory } from '../../data/index.ts';
import { askedPackage, compareVersions, inSlices, isWithin } from '../../engine/index.ts';

export interface PackagesSearch {
  text: string;
  type?: string | undefined;
  offset: number;
  limit: number;
}

/** Images of a package are counted up to this. */
const COUNTED_MAX = 100;
const NOTHING: FoundPackages = { items: [], total: 0, more: false, types: [] };

type Candidate = PackageVersion & { id: number; uncertain?: true };

/** With what is asked of versions, the name has to be whole: of `log4j-core < 2.17` no other package is meant. */
export async function findPackages(
  inventory: Inventory,
  { text, type, offset, limit }: PackagesSearch,
  signal: AbortSignal | undefined,
): Promise<FoundPackages> {
  const asked = askedPackage(text);
  if (!asked) return NOTHING;
  const { name, versions } = asked;
  const { items, more } = await inventory.packageVersions({ name, whole: versions.length > 0 }, signal);
  const found: Candidate[] = [];
  for await (const each of inSlices(items, () => signal?.throwIfAborted())) {
    const within = isWithin(each.type, each.version, versions);
    if (within !== false) found.push(within ? each : { ...each, uncertain: true });
  }
  const types = [...new Set(found.map((each) => each.type))].sort();
  const shown = found.filter((each) => type === undefined || each.type === type);
  const place = new Map(items.map((each, at) => [`${each.type} ${each.name}`, at]));
  shown.sort(
    (one, other) =>
      Number(one.uncertain ?? false) - Number(other.uncertain ?? false) ||
      (place.get(`${one.type} ${one.name}`) ?? 0) - (place.get(`${other.type} ${other.name}`) ?? 0) ||
      newestFirst(one, other),
  );
  const page = shown.slice(offset, offset + limit);
  const counts = await inventory.packageCounts(
    { ids: page.map(({ id }) => id), most: COUNTED_MAX + 1 },
    signal,
  );
  return {
    items: page.map(({ id: _, ...each }, at) => {
      const images = counts[at] ?? 0;
      return { ...each, images: Math.min(images, COUNTED_MAX), moreImages: images > COUNTED_MAX };
    }),
    total: shown.length,
    more,
    types,
  };
}

function newestFirst(one: PackageVersion, other: PackageVersion): number {
  const order = compareVersions(one.type, other.version, one.version) ?? 0;
  return order || (one.version < other.version ? 1 : one.version > other.version ? -1 : 0);
}
