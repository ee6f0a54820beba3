import type { Operation } from '../../src-main/common/operation.ts';
import { foldText, wordFilter } from '../lists/word-filter.ts';
import { shownSubject } from '../operation-kinds.ts';

export const RESULTS = [
  'done',
  'failed',
  'cancelled',
  'paused',
  'interrupted',
  'running',
  'queued',
] as const satisfies readonly Operation['status'][];

export interface ActivityFilter {
  text: string;
  kind: string;
  result: (typeof RESULTS)[number] | 'all';
}

/** Everything of an operation that a person may look for: places, tags, digests, failure. */
function searchText(operation: Operation): string {
  const { failure, id } = operation;
  const words = [id, ...shownSubject(operation).searched()];
  if (failure) words.push(failure.code, failure.message);
  return foldText(words.join(' '));
}

export function filterActivity(
  operations: readonly Operation[],
  filter: ActivityFilter,
): readonly Operation[] {
  const matches = wordFilter(filter.text);
  return operations.filter(
    (operation) =>
      (filter.kind === 'all' || operation.subject.kind === filter.kind) &&
      (filter.result === 'all' || operation.status === filter.result) &&
      (!matches || matches(searchText(operation))),
  );
}

/** One JSON document a line, each line ended, as `jq` and log tools read it. */
export function toJsonLines(operations: readonly Operation[]): string {
  return operations.map((operation) => `${JSON.stringify(operation)}\n`).join('');
}
