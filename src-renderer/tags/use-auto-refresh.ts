import { useEffect } from 'react';
import { z } from 'zod';
import { useRemembered } from '../ui/use-remembered.ts';

const EVERY_MS = 60_000;
const on = z.boolean();

/** Reads again each minute, as long as it is asked for and the window can be seen. */
export function useAutoRefresh(refresh: () => void): [boolean, (on: boolean) => void] {
  const [isOn, remember] = useRemembered('tags.autoRefresh', on, false);
  useEffect(() => {
    if (!isOn) return;
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') refresh();
    }, EVERY_MS);
    return () => clearInterval(timer);
  }, [isOn, refresh]);
  return [isOn, (next) => remember(() => next)];
}
