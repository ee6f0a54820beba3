import type { TFunction } from 'i18next';
import type { ComponentType } from 'react';
import type { Operation, OperationSubject } from '../src-main/common/operation.ts';
import { accountOf, type RegistryPlace, type RepositoryPlace } from '../src-main/common/place.ts';

export type SubjectOf<Kind extends OperationSubject['kind']> = Extract<OperationSubject, { kind: Kind }>;

/** How operations of one kind are shown: one object in its feature's folder, listed in `operation-kinds.ts`. */
export interface OperationKind<Subject extends OperationSubject> {
  readonly name: Subject['kind'];
  /** What the kind is called, for filters and breadcrumbs. */
  label: (t: TFunction) => string;
  /** What one does, in one line. */
  line: (t: TFunction, subject: Subject) => string;
  /** The names in a subject that somebody may look for. */
  searched: (subject: Subject) => readonly string[];
  /** What is recorded of one: lists of names, empty ones are left out. */
  facts: (t: TFunction, subject: Subject) => readonly OperationFact[];
  /** The repositories of accounts that it changes. */
  changes: (subject: Subject) => readonly RepositoryPlace[];
  /** Of a kind that moves images, which has a page of its own. */
  readonly transfer?: TransferKind<Subject>;
}

interface OperationFact {
  name: string;
  values: readonly string[];
}

interface TransferKind<Subject> {
  /** What is transferred: one tag, or how many into which repositories. The registries stand beside it. */
  what: (t: TFunction, subject: Subject) => string;
  /** From which registry to which, by the names they have here. */
  way: (subject: Subject, name: (side: RegistryPlace) => string) => string;
  /** It takes many tags: running it again after a failure does the failed ones. */
  readonly many: boolean;
  /** Buttons of its page beside those of every operation. */
  readonly Actions?: ComponentType<{ operation: Operation }>;
  /** What its page shows above the tags. */
  readonly Extras?: ComponentType<{ operation: Operation; subject: Subject }>;
}

/** Repositories of a registry as they are asked for; none where no account is behind it. */
export function repositoriesAt(
  registry: RegistryPlace,
  repositories: readonly string[],
): readonly RepositoryPlace[] {
  const accountId = accountOf(registry);
  return accountId === undefined ? [] : repositories.map((repository) => ({ accountId, repository }));
}
