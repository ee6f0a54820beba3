import type {
  AttachedSbom,
  ImagePackage,
  PackageProblem,
  PackageSource,
  PackageSummary,
} from '../../common/packages.ts';

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
}

export function summaryOf({
  digest,
  source,
  packages,
  system,
  sboms,
  problems,
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
  };
}

/** Those that contain every word, some way. */
export function matching(
  packages: readonly ImagePackage[],
  { filter = '', type }: { filter?: string | undefined; type?: string | undefined },
): readonly ImagePackage[] {
  const words = filter
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  if (words.length === 0 && type === undefined) return packages;
  return packages.filter((each) => {
    if (type !== undefined && each.type !== type) return false;
    const text = `${each.type} ${each.name} ${each.version} ${each.licence ?? ''}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}
