import { useQuery } from '@tanstack/react-query';
import { startTransition, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { orpc } from '../api.ts';
import { isSameList } from '../ui/use-same.ts';
import type { TagName } from './tag-names.ts';
import type { TagRow } from './tag-rows.ts';

const NONE: readonly string[] = [];

/** Tags of one row that are asked for when it is in view. */
const OF_ONE_ROW = 10;

/** Rows that only rush by while scrolling are not asked for. */
const SETTLE_MS = 80;

/** How many tags all details are wanted of. */
export interface ReadUpTo {
  readonly readUpTo: number;
  /** All are wanted because the user asked, who may change their mind. */
  readonly isAsked: boolean;
  readonly loadAll: () => void;
  readonly stop: () => void;
}

/** Small repositories load everything, large ones the rows in view until the user asks for all. */
export function useReadUpTo(): ReadUpTo {
  const settings = useQuery(orpc.app.settings.queryOptions());
  const [isAsked, setAsked] = useState(false);
  const readUpTo = isAsked ? Number.POSITIVE_INFINITY : (settings.data?.detailsUpTo ?? 0);
  const loadAll = useCallback(() => setAsked(true), []);
  const stop = useCallback(() => setAsked(false), []);
  return { readUpTo, isAsked, loadAll, stop };
}

export interface WantedDetails {
  /** Tags whose details are to be loaded, rows in view first. */
  readonly names: readonly string[];
  /** Takes the rows in view. */
  readonly onVisible: (rows: readonly TagRow[]) => void;
}

/** @param all whether all tags' details are wanted, or those in view alone */
export function useWantedDetails(tags: readonly TagName[], all: boolean): WantedDetails {
  const [visible, setVisible] = useState(NONE);
  const names = useMemo(() => {
    if (!all) return visible;
    const first = new Set(visible);
    return [...visible, ...tags.map(({ name }) => name).filter((name) => !first.has(name))];
  }, [all, tags, visible]);
  const settle = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(settle.current), []);
  const onVisible = useCallback((rows: readonly TagRow[]) => {
    clearTimeout(settle.current);
    settle.current = setTimeout(() => {
      // Of an image with thousands of tags, those that are read about first.
      const next = rows.flatMap(({ image }) => image.slice(0, OF_ONE_ROW).map(({ name }) => name));
      startTransition(() => setVisible((before) => (isSameList(next, before) ? before : next)));
    }, SETTLE_MS);
  }, []);
  return { names, onVisible };
}
