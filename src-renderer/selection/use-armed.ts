import { useMemo, useState } from 'react';

/** What of a selection would be acted on. */
export interface Armed {
  readonly names: ReadonlySet<string>;
  /** How many are chosen in all. */
  readonly total: number;
  /** Chosen and not shown: part of `names` only where the user said so. */
  readonly hidden: number;
  readonly takesHidden: boolean;
  readonly setTakesHidden: (takes: boolean) => void;
}

/**
 * What a filter hides is not acted on until the user says so, and for another filter it has to be said anew.
 *
 * @param filter what hides rows; empty where nothing does
 * @param shown the names that it leaves
 */
export function useArmed(selected: ReadonlySet<string>, filter: string, shown: readonly string[]): Armed {
  const [takenFor, setTakenFor] = useState('');
  // What is chosen later was not meant.
  if (selected.size === 0 && takenFor !== '') setTakenFor('');
  const visible = useMemo(() => {
    if (filter === '') return selected;
    const names = new Set(shown);
    return new Set([...selected].filter((name) => names.has(name)));
  }, [selected, filter, shown]);
  const hidden = selected.size - visible.size;
  const takesHidden = hidden > 0 && takenFor === filter;
  return {
    names: takesHidden ? selected : visible,
    total: selected.size,
    hidden,
    takesHidden,
    setTakesHidden: (takes) => setTakenFor(takes ? filter : ''),
  };
}
