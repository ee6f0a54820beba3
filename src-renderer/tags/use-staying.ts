import { startTransition, useCallback, useState } from 'react';

export interface Staying {
  /** Rows below the first ones are looked at: they are not put in another order by themselves. */
  readonly stays: boolean;
  /** Takes the place of the first row in view. */
  readonly look: (from: number) => void;
  /** They may be. */
  readonly release: () => void;
}

/** Rows that somebody scrolled to stay there: what is read of them meanwhile would have them grouped and sorted by date. */
export function useStaying(): Staying {
  const [isBelow, setBelow] = useState(false);
  const [isReleased, setReleased] = useState(false);
  const look = useCallback((from: number) => startTransition(() => setBelow(from > 0)), []);
  const release = useCallback(() => setReleased(true), []);
  return { stays: isBelow && !isReleased, look, release };
}
