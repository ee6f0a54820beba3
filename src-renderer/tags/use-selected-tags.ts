import { getRouteApi } from '@tanstack/react-router';
import { useEffect, useMemo, useState } from 'react';
import { isDigest, type TagList } from './tag-rows.ts';
import type { UntaggedList } from './untagged-rows.ts';

const route = getRouteApi('/registries/$accountId/tags');

/** A longer choice is not put into the URL: addresses have limits. */
const IN_URL = 50;

/**
 * The tags chosen, and manifests without one by their digests. The URL holds a short choice, so that it is there again after a look at
 * one image and Back. What is gone is never among them.
 */
export function useSelectedTags(
  list: TagList | undefined,
  untagged: UntaggedList | undefined,
): [ReadonlySet<string>, (change: (before: ReadonlySet<string>) => ReadonlySet<string>) => void] {
  const { selected: inUrl } = route.useSearch();
  const navigate = route.useNavigate();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(() => new Set(inUrl));
  const tags = useMemo(
    () => (list?.complete ? new Set(list.rows.map(({ name }) => name)) : undefined),
    [list],
  );
  const digests = useMemo(
    () => (untagged?.complete ? new Set(untagged.rows.map(({ id }) => id)) : undefined),
    [untagged],
  );
  const selected = useMemo(() => {
    const isThere = (reference: string) => (isDigest(reference) ? digests : tags)?.has(reference) ?? true;
    return [...chosen].every(isThere) ? chosen : new Set([...chosen].filter(isThere));
  }, [chosen, tags, digests]);

  const short = selected.size > 0 && selected.size <= IN_URL ? [...selected].sort().join('\n') : '';
  const shown = inUrl?.toSorted().join('\n') ?? '';
  useEffect(() => {
    if (short === shown) return;
    void navigate({
      search: (before) => ({ ...before, selected: short === '' ? undefined : short.split('\n') }),
      replace: true,
      resetScroll: false,
    });
  }, [short, shown, navigate]);

  return [selected, setChosen];
}
