import { useParams, useSearch } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useUses } from '../usage/use-uses.ts';
import { keyOf } from '../usage/uses.ts';

/** Remembers the registries, repositories and images that are opened, for the palette and the list of recent repositories. */
export function useNoteVisits(): void {
  const { accountId } = useParams({ strict: false });
  const { repository, reference } = useSearch({ strict: false });
  const { note } = useUses();
  useEffect(() => {
    if (accountId === undefined) return;
    if (typeof repository !== 'string' || repository === '') return note(keyOf.registry(accountId));
    const isDigest = reference?.includes(':') === true;
    const tag = reference === undefined || reference === '' || isDigest ? undefined : reference;
    note(
      keyOf.place({
        accountId,
        repository,
        ...(tag !== undefined && { tag }),
        ...(isDigest && reference !== undefined && { digest: reference }),
      }),
    );
  }, [accountId, repository, reference, note]);
}
