import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { repositoryQueries } from '../repositories/queries.ts';
import type { Draft } from './draft.ts';
import { meantBy } from './picked-patterns.ts';
import { type CountedRepositories, useCountedTags } from './use-counted-tags.ts';

const NO_NAMES: readonly string[] = [];
const NOTHING_KNOWN: ReadonlyMap<string, { tags: number; uniqueBytes: number }> = new Map();

export interface Picker extends CountedRepositories {
  list: ReturnType<typeof useQuery<unknown>>;
  /** Every repository of the source that can be copied, in order. */
  names: readonly string[];
  known: typeof NOTHING_KNOWN;
  /** Those of them that the patterns mean, and names that are written without being known. */
  chosen: readonly string[];
  isChosen: (name: string) => boolean;
}

/** The repositories of the source of a draft, and what of them it means. */
export function usePicker(draft: Draft): Picker {
  const { source, repositories, excludeRepositories, tags, excludeTags, versions } = draft;
  const isSet = source !== '';
  const list = useQuery({ ...repositoryQueries.list(source), enabled: isSet });
  const sizes = useQuery({ ...repositoryQueries.known(source), enabled: isSet });
  const rows = list.data?.rows;
  const names = useMemo(
    () =>
      rows
        ? rows
            .filter(({ unusable }) => !unusable)
            .toSorted((a, b) => (a.key < b.key ? -1 : 1))
            .map(({ name }) => name)
        : NO_NAMES,
    [rows],
  );
  const isChosen = useMemo(
    () => meantBy({ repositories, excludeRepositories }),
    [repositories, excludeRepositories],
  );
  const chosen = useMemo(() => names.filter(isChosen), [names, isChosen]);
  const counting = useCountedTags(source, chosen, { tags, excludeTags, versions });
  return { list, names, known: sizes.data?.of ?? NOTHING_KNOWN, chosen, isChosen, ...counting };
}
