import type { TFunction } from 'i18next';
import type { Operation } from '../src-main/common/operation.ts';
import { cleanupKind } from './cleanup/kind.ts';
import { collectionKind } from './collection/kind.ts';
import { remoteCollectionKind } from './collection/remote-kind.ts';
import { copyKind, retagKind } from './copy/kind.ts';
import { deletionKind } from './deletion/kind.ts';
import { deletionManyKind } from './deletion/many-kind.ts';
import type { Names, OperationKind, ShownSubject } from './operation-kind.ts';
import { productJobKind } from './products/job-kind.ts';
import { productChangeKind } from './products/kind.ts';
import { renamingKind } from './renaming/kind.ts';
import { restoringKind } from './restoring/kind.ts';
import { syncKind } from './sync/kind.ts';

/** Every kind of operation, in the order of filters. A new one is added here and in its feature's folder. */
export const OPERATION_KINDS: readonly OperationKind[] = [
  deletionKind,
  deletionManyKind,
  cleanupKind,
  renamingKind,
  retagKind,
  copyKind,
  syncKind,
  restoringKind,
  collectionKind,
  remoteCollectionKind,
  productChangeKind,
  productJobKind,
];

const byName: ReadonlyMap<string, OperationKind> = new Map(OPERATION_KINDS.map((kind) => [kind.name, kind]));

export function kindNamed(name: string): OperationKind | undefined {
  return byName.get(name);
}

/** What an operation is about; by its title alone where its kind is not known here, or not as it was recorded. */
export function shownSubject({ subject, title }: Pick<Operation, 'subject' | 'title'>): ShownSubject {
  return byName.get(subject.kind)?.read(subject) ?? unknownSubject(subject, title);
}

/** One that a newer version wrote, or whose record was spoiled: shown with the name that it has. */
function unknownSubject(subject: Operation['subject'], title: string): ShownSubject {
  const was = subject.kind === 'unreadable' ? subject.was : subject.kind;
  const name = typeof was === 'string' ? was : '?';
  return {
    line: (t) => (subject.kind === 'unreadable' ? t('operations.unreadable', { was: name }) : title),
    searched: () => [name, title],
    facts: () => [],
    changes: () => [],
  };
}

/** What an operation does, or has done, in one line. */
export function lineOf(
  t: TFunction,
  names: Names,
  operation: Pick<Operation, 'subject' | 'title' | 'status'>,
): string {
  return shownSubject(operation).line(t, names, operation.status === 'done' ? 'did' : 'does');
}

/** What the kind of an operation is called; its own name where it is not known here. */
export function kindLabel(t: TFunction, name: string): string {
  return byName.get(name)?.label(t) ?? name;
}

export function isTransfer({ subject }: Pick<Operation, 'subject'>): boolean {
  return byName.get(subject.kind)?.transfers ?? false;
}
