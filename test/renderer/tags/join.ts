import { describeNames, type TagName } from '../../../src-renderer/tags/tag-names.ts';
import {
  type RowsAsked,
  TagCollector,
  type TagRow,
  type TagRowJoiner,
} from '../../../src-renderer/tags/tag-rows.ts';
import { finished } from '../finished.ts';

/** Names of a repository, in the order given. */
export function namesOf(...names: string[]): readonly TagName[] {
  const collector = new TagCollector();
  collector.add({ tags: names, count: names.length, done: true });
  return collector.snapshot().rows;
}

/** What rows are made of. */
export function asked(
  names: readonly TagName[],
  answers: RowsAsked['answers'],
  more: Partial<RowsAsked> = {},
): RowsAsked {
  return {
    names,
    answers,
    described: finished(describeNames(names)),
    changes: new Map(),
    grouped: true,
    ...more,
  };
}

/** All of it at once. */
export const join = (joiner: TagRowJoiner, asked: RowsAsked): readonly TagRow[] =>
  finished(joiner.join(asked));
