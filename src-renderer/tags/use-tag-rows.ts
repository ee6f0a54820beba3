import { useCallback, useMemo, useState } from 'react';
import { byCodeUnit } from '../lists/natural-order.ts';
import { useSliced } from '../lists/use-sliced.ts';
import type { KnownDetails } from './queries.ts';
import { describeNames, type TagName, type TagNames } from './tag-names.ts';
import { type TagChange, type TagList, type TagRow, TagRowJoiner } from './tag-rows.ts';

const NONE: readonly TagName[] = [];

export interface TagNamesOptions {
  list: TagList | undefined;
  /** The order in which the registry lists them. */
  asListed: boolean;
  /** Tags of what is attached to images are shown as well. */
  withAttached: boolean;
}

/** The names that are shown, and what all of them say. */
export function useTagNames({ list, asListed, withAttached }: TagNamesOptions): {
  names: readonly TagName[] | undefined;
  described: TagNames;
} {
  const rows = list?.rows;
  const described = useMemo(() => describeNames(rows ?? NONE), [rows]);
  const shown = withAttached ? rows : rows && described.own;
  const names = useMemo(
    // The registry's order is the order of arrival. Otherwise names come in their natural order: sorting what is in order
    // already costs next to nothing each time details arrive.
    () => (asListed ? shown : shown?.toSorted((a, b) => byCodeUnit(a.key, b.key))),
    [shown, asListed],
  );
  return { names, described };
}

export interface TagRowsOptions {
  names: readonly TagName[] | undefined;
  described: TagNames;
  known: KnownDetails;
  changes: ReadonlyMap<string, TagChange>;
  grouped: boolean;
}

const isEmpty = (rows: readonly TagRow[]) => rows.length === 0;

/** The rows of the table, before they are filtered; where there are many, a moment after what they are made of. */
export function useTagRows(options: TagRowsOptions): readonly TagRow[] {
  const { names = NONE, described, known, changes, grouped } = options;
  const { answers } = known;
  const [joiner] = useState(() => new TagRowJoiner());
  return useSliced(
    useCallback(
      () => joiner.join({ names, answers, described, changes, grouped }),
      [joiner, names, answers, described, changes, grouped],
    ),
    grouped,
    isEmpty,
  );
}
