import type { SizedRow } from './sized-rows.ts';
import { groupId, namespaceOf } from './tree.ts';

/** A selection as the table shows it. */
export interface ShownChoice {
  /** Names, and ids of namespaces all of whose repositories are chosen. */
  readonly whole: ReadonlySet<string>;
  /** Ids of namespaces of which some are. */
  readonly partly: ReadonlySet<string>;
}

/** @param rows that are shown, or would be were their namespaces open */
export function shownChoice(chosen: ReadonlySet<string>, rows: readonly SizedRow[]): ShownChoice {
  const whole = new Set(chosen);
  const partly = new Set<string>();
  if (chosen.size === 0) return { whole, partly };
  const counts = new Map<string, { all: number; chosen: number }>();
  for (const { name, unusable } of rows) {
    if (unusable) continue;
    const isChosen = chosen.has(name) ? 1 : 0;
    for (let around = namespaceOf(name); around !== ''; around = namespaceOf(around)) {
      const count = counts.get(around);
      if (count) {
        count.all += 1;
        count.chosen += isChosen;
      } else counts.set(around, { all: 1, chosen: isChosen });
    }
  }
  for (const [namespace, count] of counts) {
    if (count.chosen === count.all) whole.add(groupId(namespace));
    else if (count.chosen > 0) partly.add(groupId(namespace));
  }
  return { whole, partly };
}

/** The names that are chosen after the table's selection became `next`: a namespace stands for its repositories. */
export function chosenAfter(
  { whole }: ShownChoice,
  next: ReadonlySet<string>,
  rows: readonly SizedRow[],
): ReadonlySet<string> {
  const chosen = new Set<string>();
  const usable = rows.filter(({ unusable }) => !unusable);
  const isGroupId = (id: string) => id.startsWith('\u0000');
  const unusable = new Set(rows.filter((row) => row.unusable).map(({ name }) => name));
  for (const id of next) if (!isGroupId(id) && !unusable.has(id)) chosen.add(id);
  const members = (id: string) => usable.filter(({ name }) => name.startsWith(id.slice(1)));
  for (const id of next)
    if (isGroupId(id) && !whole.has(id)) for (const { name } of members(id)) chosen.add(name);
  for (const id of whole)
    if (isGroupId(id) && !next.has(id)) for (const { name } of members(id)) chosen.delete(name);
  return chosen;
}
