import type { Operation, OperationSubject } from '../../src-main/common/operation.ts';
import { foldText, wordFilter } from '../lists/word-filter.ts';

export const KINDS = [
  'delete',
  'retag',
  'copy',
  'sync',
  'restore',
] as const satisfies readonly OperationSubject['kind'][];
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
  kind: (typeof KINDS)[number] | 'all';
  result: (typeof RESULTS)[number] | 'all';
}

/** Everything of an operation that a person may look for: places, tags, digests, failure. */
function searchText({ subject, failure, id }: Operation): string {
  const words: string[] = [id];
  switch (subject.kind) {
    case 'delete':
    case 'restore':
      words.push(subject.place.host, subject.place.repository, ...subject.tags, ...subject.manifests);
      break;
    case 'retag':
      words.push(
        subject.place.host,
        subject.place.repository,
        subject.reference,
        subject.tag,
        subject.digest,
      );
      break;
    case 'copy':
      words.push(subject.source.host, subject.source.repository, subject.source.reference);
      words.push(subject.target.host, subject.target.repository, subject.target.tag, subject.digest);
      break;
    case 'sync':
      words.push(subject.source.host, subject.target.host, ...subject.repositories);
      break;
  }
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
