import { QueryObserver, useQuery, useQueryClient } from '@tanstack/react-query';
import { startTransition, useEffect, useMemo, useRef, useState } from 'react';
import type { RepositoryPlace } from '../../src-main/common/place.ts';
import { api } from '../api.ts';
import { DetailsLoader } from './details-loader.ts';
import { addDetails, type KnownDetails, nothingKnown, tagKeys, tagQueries } from './queries.ts';
import type { TagList } from './tag-rows.ts';

/**
 * What is known of a repository's tags: it stays in the query cache. A delivery draws all rows in view again, which waits for what is
 * done meanwhile; `useQuery` would have its page drawn at once.
 */
export function useKnownDetails({ accountId, repository }: RepositoryPlace): KnownDetails {
  const client = useQueryClient();
  useQuery({ ...tagQueries.known({ accountId, repository }), notifyOnChangeProps: [] });
  const details = useMemo(
    () => new QueryObserver(client, tagQueries.details({ accountId, repository })),
    [client, accountId, repository],
  );
  const [delivered, setDelivered] = useState<{ from: typeof details; known: KnownDetails }>();
  useEffect(() => {
    const take = ({ data: known = nothingKnown }: { data: KnownDetails | undefined }) =>
      startTransition(() =>
        setDelivered((before) =>
          before?.from === details && before.known === known ? before : { from: details, known },
        ),
      );
    const end = details.subscribe(take);
    take(details.getCurrentResult());
    return end;
  }, [details]);
  const isOfIt = delivered?.from === details;
  return isOfIt ? delivered.known : (details.getCurrentResult().data ?? nothingKnown);
}

/** Loads details of the tags that are wanted, the most urgent first, as far as they are not known yet; leaving the page ends it. */
export function useDetailsLoader(
  { accountId, repository }: RepositoryPlace,
  known: KnownDetails,
  wanted: readonly string[],
): void {
  const client = useQueryClient();
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
}
