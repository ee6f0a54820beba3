import { keepPreviousData, queryOptions, skipToken } from '@tanstack/react-query';
import type { PackageSource, PackageSummary } from '../../src-main/common/packages.ts';
import { orpc } from '../api.ts';
import type { ShownFiles } from '../files/queries.ts';
import { PAGE } from '../lists/paged-rows.ts';

/** The image whose packages are shown, and where they are read from. */
export interface ShownPackages {
  readonly image: ShownFiles;
  /** Digest of the index that it was chosen from. */
  readonly index?: string;
  readonly source: PackageSource;
}

export interface PackageFilter {
  readonly filter?: string;
  readonly type?: string;
}

export const packageQueries = {
  /** What was found; put there by who looks for it, since that takes a while and reports how far it is. */
  summary: (shown: ShownPackages) =>
    queryOptions<PackageSummary>({
      queryKey: [...orpc.packages.find.key({ input: shown }), 'summary'],
      queryFn: skipToken,
      staleTime: Number.POSITIVE_INFINITY,
    }),
  page: (shown: ShownPackages, filter: PackageFilter, number: number) =>
    orpc.packages.list.queryOptions({
      input: { ...shown, ...filter, offset: number * PAGE, limit: PAGE },
      placeholderData: keepPreviousData,
    }),
};
