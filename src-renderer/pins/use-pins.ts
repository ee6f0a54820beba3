import { useCallback, useMemo } from 'react';
import type { Pin } from '../../src-main/common/settings.ts';
import { useAccounts } from '../accounts/queries.ts';
import { useChangeSettings, useSettings } from '../settings/queries.ts';

const none: readonly Pin[] = [];

const isSame = (a: Pin, b: Pin) => a.accountId === b.accountId && a.repository === b.repository;

/** The repositories that are always at hand: those of registries that are still in the list. */
export function usePins() {
  const kept = useSettings().data?.pins;
  const accounts = useAccounts().data;
  const { mutate: change } = useChangeSettings();
  const pins = useMemo(
    () => kept?.filter((pin) => accounts?.some(({ id }) => id === pin.accountId)) ?? none,
    [kept, accounts],
  );
  const isKnown = kept !== undefined && accounts !== undefined;
  const isPinned = useCallback((place: Pin) => pins.some((pin) => isSame(pin, place)), [pins]);
  const toggle = useCallback(
    ({ accountId, repository }: Pin) => {
      // Not read yet: what is there must not be lost.
      if (!isKnown) return;
      const place = { accountId, repository };
      const without = pins.filter((pin) => !isSame(pin, place));
      change({ pins: without.length < pins.length ? without : [...pins, place] });
    },
    [isKnown, pins, change],
  );
  return { pins, isPinned, toggle };
}
