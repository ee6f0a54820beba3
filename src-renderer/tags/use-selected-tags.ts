import { getRouteApi } from '@tanstack/react-router';
import { useEffect, useMemo, useState } from 'react';
import type { TagList } from './tag-rows.ts';

const route = getRouteApi('/registries/$accountId/tags');

/** A longer choice is not put into the URL: addresses have limits. */
const IN_URL = 50;

/**
 * The tags chosen. The URL holds a short choice, so that it is there again after a look at one image and Back. Tags that are
 * gone are never among them.
 */
export function useSelectedTags(
  list: TagList | undefined,
): [ReadonlySet<string>, (change: (before: ReadonlySet<string>) => ReadonlySet<string>) => void] {
  const { selected: inUrl } = route.useSearch();
  const navigate = route.useNavigate();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(() => new Set(inUrl));
  const existing = useMemo(
    () => (list?.complete ? new Set(list.rows.map(({ name }) => name)) : undefined),
    [list],
  );
  const selected = useMemo(() => {
    if (!existing || [...chosen].every((name) => existing.has(name))) return chosen;
    return new Set([...chosen].filter((name) => existing.has(name)));
  }, [chosen, existing]);

  const short = selected.size > 0 && selected.size <= IN_URL ? [...selected].sort().join('\n') : '';
  const shown = inUrl?.toSorted().join('\n') ?? '';
  useEffect(() => {
    if (short === shown) return;
    void navigate({
      search: (before) => ({ ...before, selected: short === '' ? undefined : short.split('\n') }),
      replace: true,
    });
  }, [short, shown, navigate]);

  return [selected, setChosen];
}
