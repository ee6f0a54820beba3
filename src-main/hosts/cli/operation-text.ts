import type { Operation, OperationItem } from '../../common/operation.ts';
import { referenceAt } from '../../common/place.ts';
import type { Core, OperationChange, OperationPlaces } from '../../services/index.ts';
import { errorDocument, reasonOf } from './failures.ts';
import { bytesText, shortDigest } from './output.ts';

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
    what: operation.title,
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
    repository,
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
  { reads, changes }: OperationPlaces,
  { source, target, state, failure }: OperationItem,
): object {
  const [to] = changes;
  const from = reads[0] ?? to;
  return {
    source: from ? referenceAt(from, source.repository, source.reference) : null,
    target: to ? referenceAt(to, target.repository, target.tag) : null,
    state,
    error: failure ? errorDocument(failure) : null,
  };
}

/** The same for people, as cells of a table. */
export function itemRow({ source, target, state, failure }: OperationItem): string[] {
  return [
    state,
    `${target.repository}:${target.tag}`,
    failure ? reasonOf(failure) : `from ${source.repository}`,
  ];
}
