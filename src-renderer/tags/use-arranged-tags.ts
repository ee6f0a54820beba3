import { useQuery } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import type { RepositoryPlace } from '../../src-main/common/place.ts';
import { useNotes } from '../vulnerabilities/queries.ts';
import { tagQueries } from './queries.ts';
import type { ShownOptions } from './shown.ts';
import { parseTagFilter } from './tag-filter.ts';
import type { TagRow } from './tag-rows.ts';
import { useChanges } from './use-changes.ts';
import { useShownTags } from './use-shown-tags.ts';
import { useStaying } from './use-staying.ts';
import { useDetailsLoader, useKnownDetails } from './use-tag-details.ts';
import { useReadUpTo, useWantedDetails } from './use-wanted-details.ts';

const NO_ROWS: readonly TagRow[] = [];

interface ArrangedOptions
  extends Pick<ShownOptions, 'list' | 'asListed' | 'withAttached' | 'view' | 'sortOf'> {
  /** As typed. */
  readonly filter: string;
}

/** A repository's tags with all that is known of them, as they are shown; what is missing of those that are looked at is loaded. */
export function useArrangedTags(place: RepositoryPlace, { filter, ...options }: ArrangedOptions) {
  const known = useKnownDetails(place);
  const changes = useChanges(options.list, known);
  const notes = useNotes(place);
  const { readUpTo, ...asking } = useReadUpTo();
  const { stays, look, release } = useStaying();
  const parsed = useMemo(() => parseTagFilter(filter, Date.now), [filter]);
  const untagged = useQuery({ ...tagQueries.untagged(place), enabled: parsed.untagged });
  const arranged = useShownTags({
    ...options,
    readUpTo,
    answers: known.answers,
    changes: changes.of,
    notes,
    stays,
    untagged: untagged.data?.rows ?? NO_ROWS,
    filter: parsed,
  });
  const wanted = useWantedDetails(arranged.names, arranged.readsAll);
  useDetailsLoader(place, known, wanted.names);
  const onVisible = useCallback(
    (visible: readonly TagRow[], from: number) => {
      wanted.onVisible(visible);
      look(from);
    },
    [wanted.onVisible, look],
  );
  return { arranged, changes, notes, parsed, untagged, onVisible, release, ...asking };
}
