import { useQuery } from '@tanstack/react-query';
import { useDeferredValue, useMemo } from 'react';
import type { RepositoryPlace } from '../../src-main/common/place.ts';
import { tagQueries } from './queries.ts';
import { filterRows, parseTagFilter, unlookedAmong } from './tag-filter.ts';
import type { TagRow } from './tag-rows.ts';

const NONE: readonly TagRow[] = [];

/** The rows that a filter leaves: of tags, or of the manifests without one where it asks for these. */
export function useShownRows(place: RepositoryPlace, rows: readonly TagRow[], filter: string) {
  const typed = useDeferredValue(filter);
  const parsed = useMemo(() => parseTagFilter(typed, Date.now), [typed]);
  const untagged = useQuery({ ...tagQueries.untagged(place), enabled: parsed.untagged });
  const all = parsed.untagged ? (untagged.data?.rows ?? NONE) : rows;
  const shown = useMemo(() => filterRows(all, parsed), [all, parsed]);
  const unlooked = useMemo(() => unlookedAmong(all, parsed), [all, parsed]);
  return { typed, parsed, untagged, shown, unlooked };
}
