import { queryOptions, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { RepositoryPlace } from '../../src-main/common/place.ts';
import type { ArtifactNote } from '../../src-main/common/product-said.ts';
import { api, orpc } from '../api.ts';
import { productQueries } from '../products/queries.ts';

/** Milliseconds between two looks at a scan that is under way. */
const LOOK = 2_000;

export const vulnerabilityQueries = {
  /** How the scans of an artifact stand; looked at again while one is under way. */
  scans: (place: RepositoryPlace, digest: string) =>
    orpc.products.scanned.queryOptions({
      input: { ...place, digest },
      refetchInterval: ({ state: { data } }) =>
        data?.some(({ state }) => state === 'waiting' || state === 'running') ? LOOK : false,
    }),

  /** @param ended when the scan ended that found them: another one finds others */
  findings: (place: RepositoryPlace, digest: string, ended?: string) =>
    queryOptions({
      queryKey: [...orpc.products.findings.key({ input: { ...place, digest } }), ended ?? null],
      queryFn: ({ signal }) => api.products.findings({ ...place, digest }, { signal }),
    }),

  /** The digest that a tag is at, without reading its manifest, which would count as a pull; null where there is no such tag. */
  digest: (place: RepositoryPlace, tag: string) =>
    queryOptions({
      queryKey: [...orpc.catalog.tagDetails.key(), { ...place, tag }],
      async queryFn({ signal }) {
        for await (const answer of await api.catalog.tagDetails({ ...place, tags: [tag] }, { signal }))
          if ('details' in answer) return answer.details.digest;
          else if (answer.failure.code !== 'notFound') throw answer.failure;
        return null;
      },
    }),
};

/** Notes of artifacts by their digests. */
export type Notes = ReadonlyMap<string, ArtifactNote>;

/** The same each time: what is made of it stands. */
const NO_NOTES: Notes = new Map();

/** What the registry notes of a repository's artifacts; nothing where its product has no such notes. */
export function useNotes(place: RepositoryPlace): Notes {
  const managed = useQuery(productQueries.managed(place.accountId));
  const { data } = useQuery({ ...productQueries.notes(place), enabled: managed.data?.notes === true });
  // They are a help and no more: the list is there without them.
  return useMemo(() => (data ? new Map(data.rows.map((note) => [note.digest, note])) : NO_NOTES), [data]);
}

/** Whether the registry's product has a scanner to be asked. */
export function useHasScans(accountId: string): boolean {
  const managed = useQuery(productQueries.managed(accountId));
  return (managed.data?.scans.length ?? 0) > 0;
}
