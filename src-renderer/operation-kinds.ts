import type { TFunction } from 'i18next';
import type { OperationSubject } from '../src-main/common/operation.ts';
import { copyKind, retagKind } from './copy/kind.ts';
import { deletionKind, restoreKind } from './deletion/kind.ts';
import type { OperationKind, SubjectOf } from './operation-kind.ts';
import { syncKind } from './sync/kind.ts';

export type KindName = Exclude<OperationSubject['kind'], 'unreadable'>;

/** Every kind of operation, in the order of filters. A new one is added here and in its feature's folder. */
const kinds: { readonly [Name in KindName]: OperationKind<SubjectOf<Name>> } = {
  delete: deletionKind,
  retag: retagKind,
  copy: copyKind,
  sync: syncKind,
  restore: restoreKind,
};

/** One that a newer version wrote, or whose record was spoiled: shown with the name that it has. */
const unreadableKind: OperationKind<SubjectOf<'unreadable'>> = {
  name: 'unreadable',
  label: (t) => t('operations.unreadable.kind'),
  line: (t, { was }) => t('operations.unreadable.line', { was: was ?? '?' }),
  searched: ({ was }) => (was === undefined ? [] : [was]),
  facts: () => [],
  changes: () => [],
};

export const OPERATION_KINDS = Object.values(kinds);

export function isKindName(text: unknown): text is KindName {
  return OPERATION_KINDS.some(({ name }) => name === text);
}

/** How a subject's kind is shown. */
export function kindOf<Subject extends OperationSubject>(subject: Subject): OperationKind<Subject> {
  const kind = subject.kind === 'unreadable' ? unreadableKind : kinds[subject.kind];
  // Each name leads to the kind of its own subject; that it does cannot be written as a type of a union.
  return kind as unknown as OperationKind<Subject>;
}

/** What an operation does, in one line. */
export function subjectText(t: TFunction, subject: OperationSubject): string {
  return kindOf(subject).line(t, subject);
}
