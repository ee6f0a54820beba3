import type { CountedTags } from '../../src-main/common/transfer.ts';
import { namespaceOf, type Picked } from './picked-patterns.ts';

/** A namespace or a repository of the source, with what of it is chosen. */
export interface PickerRow extends Picked {
  readonly id: string;
  /** What is shown of the name. */
  readonly label: string;
  readonly level: number;
  /** Undefined for repositories. */
  readonly expanded: boolean | undefined;
  readonly repositories: number;
  /** How many of them are chosen. */
  readonly chosen: number;
  /** Undefined where it is not known of all that it stands for. */
  readonly tags: number | undefined;
  /** Of the chosen repositories; undefined until it is known of all of them. */
  readonly matching: number | undefined;
  /** Bytes; undefined where they are not known of all. */
  readonly size: number | undefined;
  /** Why its tags could not be counted. */
  readonly failure: Extract<CountedTags, { failure: unknown }>['failure'] | undefined;
}

export interface PickerOptions {
  isChosen: (name: string) => boolean;
  known: ReadonlyMap<string, { tags: number; uniqueBytes: number }>;
  counted: ReadonlyMap<string, CountedTags>;
  /** Namespaces of which the repositories are not shown. */
  closed: ReadonlySet<string>;
}

const END = '\u0000';

/** @param names in the order in which they are shown */
export function pickerRows(names: readonly string[], options: PickerOptions): readonly PickerRow[] {
  const groups = Map.groupBy(names, namespaceOf);
  const rows: PickerRow[] = [];
  const order = [...groups.keys()].sort((a, b) => (a === '' ? 1 : b === '' ? -1 : 0));
  for (const namespace of order) {
    const inner = (groups.get(namespace) ?? []).map((name) =>
      repositoryRow(name, namespace === '' ? 1 : 2, options),
    );
    if (namespace === '') {
      rows.push(...inner);
      continue;
    }
    const isOpen = !options.closed.has(namespace);
    rows.push(namespaceRow(namespace, inner, isOpen));
    if (isOpen) rows.push(...inner);
  }
  return rows;
}

function repositoryRow(name: string, level: number, options: PickerOptions): PickerRow {
  const chosen = options.isChosen(name);
  const known = options.known.get(name);
  const counted = options.counted.get(name);
  return {
    id: name,
    name,
    isNamespace: false,
    label: name.slice(name.lastIndexOf('/') + 1),
    level,
    expanded: undefined,
    repositories: 1,
    chosen: chosen ? 1 : 0,
    tags: counted && 'tags' in counted ? counted.tags : known?.tags,
    matching: chosen && counted && 'matching' in counted ? counted.matching : undefined,
    size: known?.uniqueBytes,
    failure: chosen && counted && 'failure' in counted ? counted.failure : undefined,
  };
}

function namespaceRow(name: string, inner: readonly PickerRow[], isOpen: boolean): PickerRow {
  const chosen = inner.filter((row) => row.chosen > 0);
  return {
    // No repository can be called so.
    id: `${END}${name}`,
    name,
    isNamespace: true,
    label: `${name}/`,
    level: 1,
    expanded: isOpen,
    repositories: inner.length,
    chosen: chosen.length,
    tags: total(inner, ({ tags }) => tags),
    matching: chosen.length === 0 ? undefined : total(chosen, ({ matching }) => matching),
    size: total(inner, ({ size }) => size),
    failure: undefined,
  };
}

/** Undefined where one of them is. */
function total(rows: readonly PickerRow[], of: (row: PickerRow) => number | undefined): number | undefined {
  let sum = 0;
  for (const row of rows) {
    const value = of(row);
    if (value === undefined) return undefined;
    sum += value;
  }
  return sum;
}
