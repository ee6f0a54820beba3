import type { PackageDifferences } from '../../common/comparison.ts';
import type { ImagePackage, PackageSource, PackageSummary } from '../../common/packages.ts';
import { packageRows } from '../../engine/index.ts';
import type { ImageAt } from '../core/image-at.ts';
import type { PackagesService } from '../core/packages.ts';

export type ComparedPackages = PackageDifferences;

/** Rows that are told: more say nothing more. */
const ROWS_MAX = 20_000;

/** Of images with the same layers. */
export const NO_PACKAGES: ComparedPackages = { added: [], removed: [], changed: [], leftOut: 0 };

interface Found {
  summary: PackageSummary;
  packages: readonly ImagePackage[];
}

/**
 * Packages of two images. Both are taken from SBOMs if each has one, else both from their files: what an SBOM leaves out is no
 * difference.
 *
 * @param indexes from which they were chosen: SBOMs may be attached to them
 */
export async function comparePackages(
  service: Pick<PackagesService, 'find' | 'list'>,
  images: { left: ImageAt; right: ImageAt },
  indexes: { left: string; right: string },
  signal: AbortSignal | undefined,
): Promise<ComparedPackages> {
  const look = async (side: 'left' | 'right', source?: PackageSource) =>
    await find(service, images[side], { index: indexes[side], source, signal });
  let [left, right] = [await look('left'), await look('right')];
  if (left.summary.source !== right.summary.source) {
    if (left.summary.source === 'sbom') left = await look('left', 'files');
    else right = await look('right', 'files');
  }
  const { rows, same } = await packageRows(left.packages, right.packages, signal);
  const told = rows.slice(0, ROWS_MAX);
  return {
    added: told.filter(({ change }) => change === 'added'),
    removed: told.filter(({ change }) => change === 'removed'),
    changed: told.filter(({ change }) => change !== 'added' && change !== 'removed'),
    read: { same, left: sideOf(left), right: sideOf(right) },
    leftOut: rows.length - told.length,
  };
}

async function find(
  service: Pick<PackagesService, 'find' | 'list'>,
  image: ImageAt,
  options: { index: string; source: PackageSource | undefined; signal: AbortSignal | undefined },
): Promise<Found> {
  let summary: PackageSummary | undefined;
  for await (const step of service.find(image, options)) if (step.kind === 'found') summary = step.summary;
  if (!summary) throw new TypeError('A search for packages ended without an answer.');
  const { items } = await service.list(image, { ...options, offset: 0, limit: summary.packages });
  return { summary, packages: items };
}

function sideOf({
  summary: { source, packages, problems },
}: Found): NonNullable<PackageDifferences['read']>['left'] {
  return { source, packages, problems: problems.length };
}
