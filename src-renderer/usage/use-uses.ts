import { useCallback } from 'react';
import { useRemembered } from '../ui/use-remembered.ts';
import { type Use, uses, withUse } from './uses.ts';

const none: Use[] = [];

/** What was used on this machine, the latest first. */
export function useUses(): { list: readonly Use[]; note: (key: string) => void } {
  const [list, change] = useRemembered('uses', uses, none);
  const note = useCallback((key: string) => change((before) => withUse(before, key, Date.now())), [change]);
  return { list, note };
}
