import type { Operation, OperationChange, OperationItem } from '../../common/operation.ts';
import type { Core } from '../../services/index.ts';
import { errorDocument, reasonOf } from './failures.ts';
import { bytesText, counted, shortDigest } from './output.ts';

/** Rows asked for at a time. */
const PAGE = 1_000;

/** The tags of a transfer, in order. */
export function* allItems(
  { operations }: Core,
  id: string,
  state?: OperationItem['state'],
): Generator<OperationItem, void, void> {
  for (let offset = 0; ; offset += PAGE) {
    const { items, total } = operations.items(id, { state, offset, limit: PAGE });
    yield* items;
    if (offset + PAGE >= total) return;
  }
}

/** What an operation is about, in a line. */
export function subjectText({ subject }: Operation): string {
  switch (subject.kind) {
    case 'copy': {
      const { source, target } = subject;
      const separator = source.reference.includes(':') ? '@' : ':';
      return `copy ${source.host}/${source.repository}${separator}${source.reference} to ${target.host}/${target.repository}:${target.tag}`;
    }
    case 'sync':
      return `sync ${subject.source.host} to ${subject.target.host}: ${counted(subject.tags, 'tag')} in ${subject.repositories.length === 1 ? subject.repositories[0] : `${subject.repositories.length} repositories`}`;
    case 'retag':
      return `retag ${subject.place.host}/${subject.place.repository}: ${subject.reference} as ${subject.tag}`;
    case 'unreadable':
      return `not readable by this version${subject.was === undefined ? '' : ` (${subject.was})`}`;
    default:
      return `${subject.kind} ${subject.place.host}/${subject.place.repository}: ${tagsText(subject.tags)}`;
  }
}

function tagsText(tags: readonly string[]): string {
  return tags.length > 3 ? counted(tags.length, 'tag') : tags.join(', ');
}

/** `40 %, 1.2 GB of 3 GB` */
export function progressText({ progress: { steps, bytes } }: Operation): string {
  const [done, total] = bytes.total > 0 ? [bytes.done, bytes.total] : [steps.done, steps.total];
  const share = total > 0 ? `${Math.floor(Math.min(done / total, 1) * 100)} %` : '-';
  return bytes.total > 0 ? `${share} of ${bytesText(bytes.total)}` : share;
}

export function operationDocument(operation: Operation): object {
  const { id, subject, status, started, ended, failure, progress } = operation;
  const { steps, bytes, bytesSent, bytesMounted, bytesPresent } = progress;
  return {
    id,
    kind: subject.kind,
    what: subjectText(operation),
    status,
    started,
    ended: ended ?? null,
    progress: { steps, bytes, bytesSent, bytesMounted, bytesPresent },
    error: failure ? errorDocument(failure) : null,
  };
}

/** What became of one tag, for programs. */
export function changeDocument({ repository, tag, before, after, state, failure }: OperationChange): object {
  return {
    repository: repository ?? null,
    tag,
    before,
    after,
    state,
    error: failure ? errorDocument(failure) : null,
  };
}

/** The same for people, as cells of a table. */
export function changeRow({ tag, before, after, state, failure }: OperationChange): string[] {
  const [was, is] = [before, after].map((digest) => (digest === null ? '-' : shortDigest(digest)));
  return [state, tag ?? '(no tag)', was ?? '', is ?? '', failure ? reasonOf(failure) : ''];
}

/** One tag of an operation, for programs. */
export function itemDocument(
  operation: Operation,
  { source, target, state, failure }: OperationItem,
): object {
  const { subject } = operation;
  const [from, to] = hostsOf(subject);
  const separator = source.reference.includes(':') ? '@' : ':';
  return {
    source: `${from}/${source.repository}${separator}${source.reference}`,
    target: `${to}/${target.repository}:${target.tag}`,
    state,
    error: failure ? errorDocument(failure) : null,
  };
}

function hostsOf(subject: Operation['subject']): readonly [source: string, target: string] {
  if (subject.kind === 'unreadable') return ['', ''];
  if ('place' in subject) return [subject.place.host, subject.place.host];
  return [subject.source.host, subject.target.host];
}

/** The same for people, as cells of a table. */
export function itemRow({ source, target, state, failure }: OperationItem): string[] {
  return [
    state,
    `${target.repository}:${target.tag}`,
    failure ? reasonOf(failure) : `from ${source.repository}`,
  ];
}
