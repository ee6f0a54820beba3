import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { api } from '../api.ts';
import { DetailsLoader } from './details-loader.ts';
import { addDetails, type KnownDetails, nothingKnown, tagKeys, tagQueries } from './queries.ts';
import type { TagList } from './tag-rows.ts';

/**
 * Details of a repository's tags, loaded for `wanted` (most urgent first) as far as they are not known yet. They stay in the
 * query cache; leaving the page ends the loading.
 */
export function useTagDetails(
  accountId: string,
  repository: string,
  wanted: readonly string[],
): KnownDetails {
  const client = useQueryClient();
  const { data: known = nothingKnown } = useQuery(tagQueries.details({ accountId, repository }));
  const loader = useRef<DetailsLoader>(undefined);

  useEffect(() => {
    const place = { accountId, repository };
    const created = new DetailsLoader({
      ask: (names, signal) => api.catalog.tagDetails({ ...place, tags: [...names] }, { signal }),
      count: () => client.getQueryData<TagList>(tagKeys.list(place))?.rows.length ?? 0,
      deliver: (answers) => addDetails(client, place, answers),
    });
    loader.current = created;
    return () => created.close();
  }, [client, accountId, repository]);

  useEffect(() => {
    loader.current?.want(wanted.filter((name) => !known.answers.has(name) || known.stale.has(name)));
  }, [wanted, known]);

  return known;
}
