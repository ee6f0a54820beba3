import { useMemo, useSyncExternalStore } from 'react';

/** Tags, and repositories with all their tags, chosen to see what would become free without them. */
export interface Choice {
  readonly repositories: ReadonlySet<string>;
  /** `repository:tag` */
  readonly tags: ReadonlySet<string>;
}

/** A tag as a choice names it. Neither part can hold a colon. */
export const chosenTag = ({ repository, tag }: { repository: string; tag: string }) => `${repository}:${tag}`;

/** Tags of one repository. */
export function choiceOf(repository: string, tags: Iterable<string>): Choice {
  return { repositories: new Set(), tags: new Set([...tags].map((tag) => chosenTag({ repository, tag }))) };
}

/** The names of a choice apart. */
export function tagsOf({ tags }: Choice): { repository: string; tag: string }[] {
  return [...tags].map((each) => {
    const colon = each.lastIndexOf(':');
    return { repository: each.slice(0, colon), tag: each.slice(colon + 1) };
  });
}

export const isNothing = ({ repositories, tags }: Choice) => repositories.size + tags.size === 0;

const NOTHING: Choice = { repositories: new Set(), tags: new Set() };
/** By account, until the page is loaded anew: a choice may be far longer than an address. */
const choices = new Map<string, Choice>();
const listeners = new Set<() => void>();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

const choiceIn = (accountId: string): Choice => choices.get(accountId) ?? NOTHING;

function choose(accountId: string, next: Choice): void {
  if (isNothing(next)) choices.delete(accountId);
  else choices.set(accountId, next);
  for (const listener of listeners) listener();
}

/** Beside what is chosen in the storage of the registry already, wherever that was. */
export function chooseAlso(accountId: string, { repositories, tags }: Choice): void {
  const before = choiceIn(accountId);
  choose(accountId, {
    repositories: new Set([...before.repositories, ...repositories]),
    tags: new Set([...before.tags, ...tags]),
  });
}

export interface Choosing {
  readonly choice: Choice;
  readonly chooseTags: (tags: ReadonlySet<string>) => void;
  readonly chooseRepositories: (repositories: ReadonlySet<string>) => void;
  readonly clear: () => void;
}

/** What is chosen in the storage of a registry: the same on each of its pages. */
export function useChoice(accountId: string): Choosing {
  const choice = useSyncExternalStore(subscribe, () => choiceIn(accountId));
  return useMemo(
    () => ({
      choice,
      chooseTags: (tags) => choose(accountId, { ...choiceIn(accountId), tags }),
      chooseRepositories: (repositories) => choose(accountId, { ...choiceIn(accountId), repositories }),
      clear: () => choose(accountId, NOTHING),
    }),
    [accountId, choice],
  );
}
