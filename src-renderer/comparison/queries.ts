import { keepPreviousData, queryOptions, skipToken } from '@tanstack/react-query';
import type { Comparison, ComparisonRequest, FileDifference } from '../../src-main/common/comparison.ts';
import type { ContentPlace } from '../../src-main/common/content.ts';
import { api, orpc } from '../api.ts';
import { PAGE } from '../lists/paged-rows.ts';
import type { Side } from './sides.ts';
import { placeFolders } from './tree-rows.ts';

/** Both sides. */
export interface Pair {
  readonly left: Side;
  readonly right: Side;
}

/** What is read of layers for a comparison. */
export type Reading = Pick<ComparisonRequest, 'files' | 'packages' | 'shared'>;

/** Manifests, by their digests where their places keep them, and one platform of indexes. */
export interface PinnedPair extends Pair {
  readonly platform?: string;
}

/** A comparison and what was read for it. */
export interface KnownComparison {
  readonly comparison: Comparison;
  readonly read: Reading;
}

export interface FilesFilter {
  readonly change?: FileDifference['change'];
  readonly filter?: string;
  readonly times: boolean;
  readonly shared: boolean;
}

/** Only these name images by their manifests. */
const keepsManifests = ({ kind }: ContentPlace) => kind === 'ociLayout' || kind === 'ociArchive';

/** A side that cannot move any more, where its place has such a name for it. */
export function pinned(side: Side, digest: string): Side {
  return 'place' in side && !keepsManifests(side.place) ? side : { ...side, reference: digest };
}

export const comparisonQueries = {
  /** All that manifests and configurations say, of all platforms; reads no layer. */
  compare: ({ left, right }: Pair) =>
    queryOptions({
      queryKey: [...orpc.comparison.compare.key({ input: { left, right } }), 'manifests'],
      queryFn: async ({ signal }) => {
        for await (const step of await api.comparison.compare({ left, right }, { signal }))
          if (step.kind === 'compared') return step.comparison;
        throw new Error('The comparison ended without an answer.');
      },
    }),
  /** What was found in layers; put there by who reads them, since that takes a while and reports how far it is. */
  read: (pair: PinnedPair) =>
    queryOptions<KnownComparison>({
      queryKey: [...orpc.comparison.compare.key({ input: pair }), 'layers'],
      queryFn: skipToken,
      staleTime: Number.POSITIVE_INFINITY,
    }),
  /** @param tree in the order of the tree of `folders` */
  files: (pair: Pair, filter: FilesFilter, number: number, tree = false) => {
    const input = { ...pair, ...filter, tree, offset: number * PAGE, limit: PAGE };
    return queryOptions({
      queryKey: orpc.comparison.files.key({ input }),
      queryFn: async ({ signal }) => {
        const { items, total } = await api.comparison.files(input, { signal });
        return { items: [...items], total };
      },
      placeholderData: keepPreviousData,
      staleTime: Number.POSITIVE_INFINITY,
    });
  },
  /** With what was asked for: the folders of what was chosen before stay until the next are there. */
  folders: (pair: Pair, filter: FilesFilter) => {
    const input = { ...pair, ...filter };
    return queryOptions({
      queryKey: orpc.comparison.folders.key({ input }),
      queryFn: async ({ signal }) => ({
        folders: placeFolders(await api.comparison.folders(input, { signal })),
        filter,
      }),
      placeholderData: keepPreviousData,
      staleTime: Number.POSITIVE_INFINITY,
      structuralSharing: false,
    });
  },
  text: (pair: Pair, path: string, shared: boolean) =>
    orpc.comparison.text.queryOptions({
      input: { ...pair, path, shared },
      staleTime: Number.POSITIVE_INFINITY,
    }),
};
