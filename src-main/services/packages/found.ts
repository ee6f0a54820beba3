import type {
  AttachedSbom,
  ImagePackage,
  PackageProblem,
  PackageSource,
  PackageSummary,
} from '../../common/packages.ts';
import { inSlices } from '../../engine/index.ts';

/** All that is known of an image's packages. */
export interface FoundPackages {
  digest: string;
  /** Digests of the layers. */
  layers: readonly string[];
  source: PackageSource;
  packages: readonly ImagePackage[];
  system?: PackageSummary['system'];
  sboms: readonly AttachedSbom[];
  problems: readonly PackageProblem[];
  unreached?: PackageSummary['unreached'];
}

export function summaryOf({
  digest,
  source,
  packages,
  system,
  sboms,
  problems,
  unreached,
}: FoundPackages): PackageSummary {
  const counts = new Map<string, number>();
  for (const { type } of packages) counts.set(type, (counts.get(type) ?? 0) + 1);
  const types = [...counts].map(([type, count]) => ({ type, packages: count }));
  return {
    digest,
    source,
    packages: packages.length,
    types: types.sort((a, b) => b.packages - a.packages),
    ...(system === undefined ? {} : { system }),
    sboms,
    problems,
    ...(unreached ? { unreached } : {}),
  };
}

/** Those that contain every word, in any of their texts. */
export async function matching(
  packages: readonly ImagePackage[],
  {
    filter = '',
    type,
    signal,
  }: { filter?: string | undefined; type?: string | undefined; signal?: AbortSignal | undefined },
): Promise<readonly ImagePackage[]> {
  const words = filter
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  if (words.length === 0 && type === undefined) return packages;
  const found: ImagePackage[] = [];
  for await (const each of inSlices(packages, () => signal?.throwIfAborted())) {
    if (type !== undefined && each.type !== type) continue;
    const text = `${each.type} ${each.name} ${each.version} ${each.licence ?? ''}`.toLowerCase();
    if (words.every((word) => text.includes(word))) found.push(each);
  }
  return found;
}
