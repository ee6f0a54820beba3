import type { Failure } from '../../src-main/common/failure.ts';
import type { TagAnswer, TagDetails, TagPage } from '../../src-main/common/tag.ts';
import { KnownRows } from '../lists/known-rows.ts';
import { byCodeUnit, naturalKey } from '../lists/natural-order.ts';
import { foldText, wordFilter } from '../lists/word-filter.ts';
import { compareValues } from '../ui/sort.ts';

/** A tag's name with what sorting and filtering need of it. */
export interface TagName {
  readonly name: string;
  readonly folded: string;
  readonly key: string;
}

/** The tags of a repository as far as they have come, in the registry's order. */
export interface TagList {
  readonly rows: readonly TagName[];
  /** The last page is in. */
  readonly complete: boolean;
  /** Since when those are known that the registry has not listed yet. */
  readonly seen?: string;
}

export class TagCollector {
  readonly #rows: TagName[] = [];
  readonly #known = new KnownRows<TagName>();
  #complete = false;

  add(page: TagPage): void {
    const rows = page.tags.map((name) => ({ name, folded: foldText(name), key: naturalKey(name) }));
    if (page.seen !== undefined) {
      this.#known.add(rows, page.seen);
      return;
    }
    for (const row of rows) this.#rows.push(row);
    this.#known.replace(page.tags, page.done);
    this.#complete = page.done;
  }

  snapshot(): TagList {
    return { ...this.#known.with(this.#rows), complete: this.#complete };
  }
}

export type TagAnswers = ReadonlyMap<string, TagAnswer>;

/** One line of the table: a name and, once they are known, its details. */
export interface TagRow extends TagName {
  readonly details?: TagDetails;
  /** Why there are no details. */
  readonly failure?: Failure;
  /** Other tags known to be on the same digest, in natural order. */
  readonly siblings: readonly string[];
}

const NO_SIBLINGS: readonly string[] = [];

/** Makes rows of names and answers, giving back the same object for a row that did not change: only changed rows are drawn again. */
export class TagRowJoiner {
  #rows = new Map<string, TagRow>();

  join(names: readonly TagName[], answers: TagAnswers): readonly TagRow[] {
    const groups = tagsByDigest(names, answers);
    const next = new Map<string, TagRow>();
    const rows = names.map((tag) => {
      const before = this.#rows.get(tag.name);
      const row = rowOf(tag, answers.get(tag.name), groups, before);
      next.set(tag.name, row);
      return row;
    });
    this.#rows = next;
    return rows;
  }
}

function rowOf(
  tag: TagName,
  answer: TagAnswer | undefined,
  groups: ReadonlyMap<string, readonly string[]>,
  before: TagRow | undefined,
): TagRow {
  const details = answer && 'details' in answer ? answer.details : undefined;
  const failure = answer && 'failure' in answer ? answer.failure : undefined;
  const group = details && groups.get(details.digest);
  const siblings = group && group.length > 1 ? group.filter((name) => name !== tag.name) : NO_SIBLINGS;
  if (
    before &&
    before.details === details &&
    before.failure === failure &&
    before.siblings.length === siblings.length &&
    before.siblings.every((name, index) => name === siblings[index])
  ) {
    return before;
  }
  const { name, folded, key } = tag;
  return { name, folded, key, siblings, ...(details && { details }), ...(failure && { failure }) };
}

function tagsByDigest(
  names: readonly TagName[],
  answers: TagAnswers,
): ReadonlyMap<string, readonly string[]> {
  const groups = new Map<string, TagName[]>();
  for (const tag of names) {
    const answer = answers.get(tag.name);
    if (!answer || !('details' in answer)) continue;
    const group = groups.get(answer.details.digest);
    if (group) group.push(tag);
    else groups.set(answer.details.digest, [tag]);
  }
  const sorted = new Map<string, readonly string[]>();
  for (const [digest, group] of groups) {
    sorted.set(
      digest,
      group.toSorted((a, b) => byCodeUnit(a.key, b.key)).map(({ name }) => name),
    );
  }
  return sorted;
}

/** Filters by name or, where the details are known, by a digest's text. */
export function filterTags(rows: readonly TagRow[], typed: string): readonly TagRow[] {
  const matches = wordFilter(typed);
  if (!matches) return rows;
  return rows.filter(({ folded, details }) => matches(folded) || (details && matches(details.digest)));
}

/** Natural order of names. */
export function compareNames(a: TagRow, b: TagRow, descending: boolean): number {
  return descending ? byCodeUnit(b.key, a.key) : byCodeUnit(a.key, b.key);
}

/** By size; rows without details come last in either direction, equal ones in order of names. */
export function compareSizes(a: TagRow, b: TagRow, descending: boolean): number {
  return compareValues(a.details?.size, b.details?.size, descending) || compareNames(a, b, false);
}

/** By creation as an instant; what has none comes last in either direction, equal ones in order of names. */
export function compareCreated(a: TagRow, b: TagRow, descending: boolean): number {
  return compareValues(instantOf(a), instantOf(b), descending) || compareNames(a, b, false);
}

const instants = new WeakMap<TagRow, number | undefined>();

/** Milliseconds since 1970, kept by row: a sort asks for each many times. */
function instantOf(row: TagRow): number | undefined {
  if (instants.has(row)) return instants.get(row);
  const time = row.details?.created === undefined ? Number.NaN : Date.parse(row.details.created);
  const known = Number.isNaN(time) ? undefined : time;
  instants.set(row, known);
  return known;
}
