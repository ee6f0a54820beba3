import { keepPreviousData, queryOptions, skipToken } from '@tanstack/react-query';
import type { Looking, Sought } from '../../src-main/common/find.ts';
import { orpc } from '../api.ts';

/** Results of a group that are shown. */
export const SHOWN = 50;
/** Names of packages with a character mean too much. */
const PACKAGE_MIN = 2;

/** What begins a digest as people copy it. */
export const isDigestText = (text: string): boolean => /^(?:sha(?:256|512):)?[0-9a-f]{6,}$/i.test(text);

export const findQueries = {
  digests: (text: string) =>
    orpc.find.digests.queryOptions({
      input: isDigestText(text) ? { text } : skipToken,
      placeholderData: keepPreviousData,
    }),
  packages: (text: string, type: string | undefined) =>
    orpc.find.packages.queryOptions({
      input:
        text.length >= PACKAGE_MIN
          ? { text, ...(type === undefined ? {} : { type }), offset: 0, limit: SHOWN }
          : skipToken,
      placeholderData: keepPreviousData,
    }),
  tags: (text: string) =>
    orpc.catalog.search.queryOptions({
      input: text === '' ? skipToken : { text, limit: SHOWN },
      placeholderData: keepPreviousData,
      staleTime: 0,
    }),
  places: (of: Sought, limit: number) =>
    orpc.find.places.queryOptions({ input: { of, offset: 0, limit }, placeholderData: keepPreviousData }),
  unreadLayers: () => orpc.find.unreadLayers.queryOptions({ input: {} }),
  looked: () => orpc.find.looked.queryOptions({ input: {} }),
  /** Put there by who watches it. */
  looking: () =>
    queryOptions<Looking | null>({
      queryKey: [...orpc.find.watch.key(), 'last'],
      queryFn: skipToken,
      staleTime: Number.POSITIVE_INFINITY,
    }),
};
