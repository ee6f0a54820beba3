import type { ReactNode } from 'react';

/** A line of the palette. */
export interface Entry {
  /** By which its use is remembered, see `keyOf` of `usage/uses.ts`. */
  readonly key: string;
  readonly label: string;
  /** What tells it from others that are called so, or why it cannot be done. */
  readonly note: string;
  /** Shown at its end. */
  readonly keys?: string | undefined;
  readonly icon: ReactNode;
  /** The palette stays when it was chosen. */
  readonly refused: boolean;
  readonly run: () => void;
}

export interface EntryGroup {
  readonly name: string;
  readonly entries: readonly Entry[];
}

/** Of what was used, so many are offered before anything is typed. */
const MOST_USED = 6;

/**
 * What is used most, and lately, comes first: in each group, and of the groups the one that has it. Where nothing of what is shown was
 * ever used, all stay as they are.
 */
export function rankedGroups(groups: readonly EntryGroup[], scoreOf: (key: string) => number): EntryGroup[] {
  const best = ({ entries }: EntryGroup) => (entries[0] ? scoreOf(entries[0].key) : 0);
  return groups
    .filter(({ entries }) => entries.length > 0)
    .map(({ name, entries }) => ({
      name,
      entries: entries.toSorted((a, b) => scoreOf(b.key) - scoreOf(a.key)),
    }))
    .toSorted((a, b) => best(b) - best(a));
}

/** Before anything is typed: first what is used most, whatever it is, then the rest in its groups and its order. */
export function offeredGroups(
  groups: readonly EntryGroup[],
  used: string,
  scoreOf: (key: string) => number,
): EntryGroup[] {
  const most = groups
    .flatMap(({ entries }) => entries)
    .filter(({ key, refused }) => scoreOf(key) > 0 && !refused)
    .toSorted((a, b) => scoreOf(b.key) - scoreOf(a.key))
    .slice(0, MOST_USED);
  const taken = new Set(most.map(({ key }) => key));
  return [
    { name: used, entries: most },
    ...groups.map(({ name, entries }) => ({ name, entries: entries.filter(({ key }) => !taken.has(key)) })),
  ].filter(({ entries }) => entries.length > 0);
}
