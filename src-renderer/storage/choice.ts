import { useMemo, useState } from 'react';

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

export interface Choosing {
  readonly choice: Choice;
  readonly chooseTags: (tags: ReadonlySet<string>) => void;
  readonly chooseRepositories: (repositories: ReadonlySet<string>) => void;
  readonly clear: () => void;
}

export function useChoice(): Choosing {
  const [repositories, chooseRepositories] = useState<ReadonlySet<string>>(new Set());
  const [tags, chooseTags] = useState<ReadonlySet<string>>(new Set());
  return useMemo(
    () => ({
      choice: { repositories, tags },
      chooseTags,
      chooseRepositories,
      clear: () => {
        chooseRepositories(new Set());
        chooseTags(new Set());
      },
    }),
    [repositories, tags],
  );
}
