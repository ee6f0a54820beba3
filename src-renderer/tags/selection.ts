/** Chosen rows by name; `anchor` is where a Shift range starts. */
export interface Selection {
  readonly names: ReadonlySet<string>;
  readonly anchor?: string;
}

export const noSelection: Selection = { names: new Set() };

/** Turns one row on or off and makes it the anchor. */
export function toggle(selection: Selection, name: string): Selection {
  const names = new Set(selection.names);
  if (!names.delete(name)) names.add(name);
  return { names, anchor: name };
}

/**
 * Shift: brings every row from the anchor to `name`, in the order shown, into the state `name` is about to take. The anchor
 * stays, so that a second Shift click starts from the same row. Without an anchor in sight it is a plain toggle.
 */
export function extendTo(selection: Selection, name: string, shown: readonly string[]): Selection {
  const from = selection.anchor === undefined ? -1 : shown.indexOf(selection.anchor);
  const to = shown.indexOf(name);
  if (from < 0 || to < 0) return toggle(selection, name);
  const names = new Set(selection.names);
  const choose = !names.has(name);
  for (const between of shown.slice(Math.min(from, to), Math.max(from, to) + 1)) {
    if (choose) names.add(between);
    else names.delete(between);
  }
  return selection.anchor === undefined ? { names } : { names, anchor: selection.anchor };
}

/** All rows shown, or none of them when all are chosen already; rows filtered out keep their state. */
export function toggleAll(selection: Selection, shown: readonly string[]): Selection {
  const names = new Set(selection.names);
  const all = shown.every((name) => names.has(name));
  for (const name of shown) {
    if (all) names.delete(name);
    else names.add(name);
  }
  return { names };
}

/** Drops names that are no longer in the list: nothing that is not there stays chosen. */
export function keepExisting(selection: Selection, existing: ReadonlySet<string>): Selection {
  const names = new Set([...selection.names].filter((name) => existing.has(name)));
  return names.size === selection.names.size ? selection : { names };
}
