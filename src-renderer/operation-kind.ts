import type { TFunction } from 'i18next';
import type { ComponentType } from 'react';
import type { Operation } from '../src-main/common/operation.ts';
import { type AnyPlace, accountOf, type RepositoryPlace } from '../src-main/common/place.ts';
import type { Plan } from '../src-main/common/plan.ts';

/** How operations of one kind are shown: one object in its feature's folder, listed in `operation-kinds.ts`. */
export interface OperationKind {
  readonly name: string;
  /** What the kind is called, for filters and breadcrumbs. */
  label: (t: TFunction) => string;
  /** One operation's subject; undefined where it is not as this version knows it. */
  read: (subject: { kind: string }) => ShownSubject | undefined;
  /** The page of a plan: its parts in the frame that all plans share. */
  readonly PlanPage?: ComponentType<PlanPageProps>;
  /** It moves images: it has a page of its own and is listed with the transfers. */
  readonly transfers: boolean;
  /** Buttons of an operation's page beside those that each has. */
  readonly Actions?: ComponentType<{ operation: Operation }>;
  /** Buttons wherever one of its operations is listed, before those that each has. */
  readonly Buttons?: ComponentType<OperationButtonProps>;
  /** What one that has ended did in all, beside what is recorded of every kind. */
  readonly Outcome?: ComponentType<{ operation: Operation }>;
  /** What an operation's page shows above its items. */
  readonly Extras?: ComponentType<{ operation: Operation }>;
}

export interface OperationButtonProps {
  operation: Operation;
  /** What it does. */
  name: string;
  size: 'compact-xs' | 'xs';
}

export interface PlanPageProps {
  plan: Plan;
  /** Where it was asked for: a path of the app, to which Cancel leads. */
  from: string | undefined;
}

/** What registries and saved transfers are called here. */
export interface Names {
  /** A registry by its account's name; one whose account is gone, and a place outside registries, by its address. */
  registry: (side: AnyPlace) => string;
  /** Undefined where it is gone. */
  saved: (id: string) => string | undefined;
}

/** What one operation is about, ready to be shown. */
export interface ShownSubject {
  /** What it does, or has done, in one line. */
  line: (t: TFunction, names: Names, tense: 'does' | 'did') => string;
  /** The names that somebody may look for. */
  searched: () => readonly string[];
  /** What is recorded of it: lists of names, empty ones are left out. */
  facts: (t: TFunction) => readonly { name: string; values: readonly string[] }[];
  /** The repositories of accounts that it changes. */
  changes: () => readonly RepositoryPlace[];
  /** It leaves something that the kind's buttons offer: a file to fetch. */
  readonly offers?: boolean;
  /** Of a transfer: what goes, and from which registry to which, by the names they have here. */
  readonly transfer?: {
    what: (t: TFunction) => string;
    way: (name: (side: AnyPlace) => string) => string;
    /** It takes many tags: running it again after a failure does the failed ones. */
    readonly many: boolean;
  };
}

/** `team/app on Harbour`, `team/app:1.0 on Harbour`. */
export function placed(t: TFunction, names: Names, side: AnyPlace, what: string): string {
  return t('operations.placed', { what, registry: names.registry(side) });
}

/** Repositories of a registry as they are asked for; none where no account is behind it. */
export function repositoriesAt(
  registry: AnyPlace,
  repositories: readonly string[],
): readonly RepositoryPlace[] {
  const accountId = accountOf(registry);
  return accountId === undefined ? [] : repositories.map((repository) => ({ accountId, repository }));
}

/** Reads a subject by its schema. Subjects never change: each is read once. */
export function reading<Subject>(
  schema: { safeParse: (value: unknown) => { data?: Subject } },
  show: (subject: Subject) => ShownSubject,
): OperationKind['read'] {
  const known = new WeakMap<object, ShownSubject>();
  return (value) => {
    const before = known.get(value);
    if (before) return before;
    const { data } = schema.safeParse(value);
    if (data === undefined) return undefined;
    const shown = show(data);
    known.set(value, shown);
    return shown;
  };
}
