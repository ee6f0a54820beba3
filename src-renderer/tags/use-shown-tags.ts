import { useCallback, useMemo } from 'react';
import { useKeptBy } from '../lists/use-kept-by.ts';
import { useSliced } from '../lists/use-sliced.ts';
import { Arrangement, type ShownOptions, type ShownTags } from './shown.ts';
import type { TagList } from './tag-rows.ts';

/** What was worked out of a list that is looked at again. */
const arrangements = new WeakMap<TagList, Arrangement>();
const newArrangement = () => new Arrangement();

const hasNoRows = ({ rows }: ShownTags) => rows.length === 0;

/** The tags as they are shown; where there are many, a moment after what they are made of. */
export function useShownTags(options: ShownOptions): ShownTags {
  const { list, answers, changes, notes, untagged, stays } = options;
  const { asListed, withAttached, readUpTo, view, filter, sortOf } = options;
  const arrangement = useKeptBy(arrangements, list, newArrangement);
  const question = useMemo(
    () => ({ asListed, withAttached, readUpTo, view, filter, sortOf }),
    [asListed, withAttached, readUpTo, view, filter, sortOf],
  );
  return useSliced(
    useCallback(
      () => arrangement.of({ list, answers, changes, notes, untagged, stays, ...question }),
      [arrangement, list, answers, changes, notes, untagged, stays, question],
    ),
    question,
    hasNoRows,
  );
}
