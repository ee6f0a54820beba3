import type { TagAnswer, TagDetails } from '../../src-main/contract/catalog.ts';
import { byCodeUnit, naturalKey } from '../lists/natural-order.ts';
import { foldText, wordFilter } from '../lists/word-filter.ts';

/** A tag's name with what sorting and filtering need of it, in the registry's order. */
export interface TagName {
  readonly name: string;
  readonly folded: string;
  readonly key: string;
}

export function tagNameOf(name: string): TagName {
  return { name, folded: foldText(name), key: naturalKey(name) };
}

/** `registry` is the order the registry lists them in. */
export type TagOrder = 'name' | 'registry' | 'size' | 'created';

export interface TagSort {
  by: TagOrder;
  descending: boolean;
}

export type TagAnswers = ReadonlyMap<string, TagAnswer>;

export function detailsOf(answer: TagAnswer | undefined): TagDetails | undefined {
  return answer && 'details' in answer ? answer.details : undefined;
}

/** Whether an order can be told only from the details. */
export function needsDetails(order: TagOrder): boolean {
  return order === 'size' || order === 'created';
}

/** Filters by name or, where the details are known, by a digest's text. */
export function filterTags(tags: readonly TagName[], answers: TagAnswers, typed: string): readonly TagName[] {
  const matches = wordFilter(typed);
  if (!matches) return tags;
  return tags.filter(
    ({ name, folded }) => matches(folded) || matches(detailsOf(answers.get(name))?.digest ?? ''),
  );
}

/** Sorts a copy. Rows whose size or date is not known come last in either direction, by name. */
export function sortTags(tags: readonly TagName[], answers: TagAnswers, sort: TagSort): readonly TagName[] {
  const way = sort.descending ? -1 : 1;
  if (sort.by === 'registry') return sort.descending ? tags.toReversed() : tags;
  if (sort.by === 'name') return tags.toSorted((a, b) => way * byCodeUnit(a.key, b.key));
  const rank = new Map<string, number>();
  for (const { name } of tags) {
    const value = sortValue(detailsOf(answers.get(name)), sort.by);
    if (value !== undefined) rank.set(name, value);
  }
  return tags.toSorted((a, b) => {
    const left = rank.get(a.name);
    const right = rank.get(b.name);
    if (left === right) return byCodeUnit(a.key, b.key);
    if (left === undefined) return 1;
    if (right === undefined) return -1;
    return way * (left - right);
  });
}

function sortValue(details: TagDetails | undefined, by: 'size' | 'created'): number | undefined {
  if (!details) return undefined;
  if (by === 'size') return details.size;
  const time = details.created === undefined ? Number.NaN : Date.parse(details.created);
  return Number.isNaN(time) ? undefined : time;
}

/** Names by digest, as far as details are known, each list in natural order. */
export function tagsByDigest(
  tags: readonly TagName[],
  answers: TagAnswers,
): ReadonlyMap<string, readonly string[]> {
  const groups = new Map<string, TagName[]>();
  for (const tag of tags) {
    const digest = detailsOf(answers.get(tag.name))?.digest;
    if (digest === undefined) continue;
    const group = groups.get(digest);
    if (group) group.push(tag);
    else groups.set(digest, [tag]);
  }
  return new Map(
    [...groups].map(([digest, group]) => [
      digest,
      group.toSorted((a, b) => byCodeUnit(a.key, b.key)).map(({ name }) => name),
    ]),
  );
}
