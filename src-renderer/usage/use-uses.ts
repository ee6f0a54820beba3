import { useCallback } from 'react';
import type { RepositoryPlace } from '../../src-main/common/place.ts';
import { useRemembered } from '../ui/use-remembered.ts';
import { type Use, uses, withoutRepository, withUse } from './uses.ts';

const none: Use[] = [];

interface Uses {
  /** What was used on this machine, the latest first. */
  readonly list: readonly Use[];
  readonly note: (key: string) => void;
  /** A repository that is not there, and what is in it. */
  readonly forget: (place: RepositoryPlace) => void;
}

export function useUses(): Uses {
  const [list, change] = useRemembered('uses', uses, none);
  const note = useCallback((key: string) => change((before) => withUse(before, key, Date.now())), [change]);
  const forget = useCallback(
    (place: RepositoryPlace) => change((before) => withoutRepository(before, place)),
    [change],
  );
  return { list, note, forget };
}
