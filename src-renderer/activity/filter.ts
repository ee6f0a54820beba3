import type { Operation } from '../../src-main/common/operation.ts';
import { foldText, wordFilter } from '../lists/word-filter.ts';
import { shownSubject } from '../operation-kinds.ts';
import { isLive, type OperationSnapshots } from '../operations/snapshots.ts';
import type { Result } from './results.ts';

export interface ActivityFilter {
  text: string;
  kind: string;
  result: Result | 'all';
}

/**
 * Everything of an operation that a person may look for: what it is called, places, tags, digests, failure.
 *
 * @param line what it does, in words
 */
function searchText(operation: Operation, line: (operation: Operation) => string): string {
  const { failure, id } = operation;
  const words = [id, line(operation), ...shownSubject(operation).searched()];
  if (failure) words.push(failure.code, failure.message);
  return foldText(words.join(' '));
}

export function hasResult({ status, undone, actions }: Operation, result: Result): boolean {
  switch (result) {
    case 'undone':
      return undone !== undefined;
    case 'undoable':
      return actions.undo;
    case 'open':
      return isLive(status) || status === 'paused' || status === 'interrupted';
    default:
      return status === result;
  }
}

export function filterActivity(
  operations: readonly Operation[],
  filter: ActivityFilter,
  line: (operation: Operation) => string,
): readonly Operation[] {
  const matches = wordFilter(filter.text);
  return operations.filter(
    (operation) =>
      (filter.kind === 'all' || operation.subject.kind === filter.kind) &&
      (filter.result === 'all' || hasResult(operation, filter.result)) &&
      (!matches || matches(searchText(operation, line))),
  );
}

/** The pages read so far with what is known this moment, each operation once, and what began since. */
export function withNews(
  pages: readonly (readonly Operation[])[],
  watched: OperationSnapshots | undefined,
): readonly Operation[] {
  const all = new Map(pages.flat().map((operation) => [operation.id, operation]));
  const [newest] = all.values();
  for (const operation of watched?.values() ?? []) {
    if (all.has(operation.id) || !newest || operation.started > newest.started)
      all.set(operation.id, operation);
  }
  return [...all.values()].toSorted((a, b) => Date.parse(b.started) - Date.parse(a.started));
}

/** One JSON document a line, each line ended, as `jq` and log tools read it. */
export function toJsonLines(operations: readonly Operation[]): string {
  return operations.map((operation) => `${JSON.stringify(operation)}\n`).join('');
}
