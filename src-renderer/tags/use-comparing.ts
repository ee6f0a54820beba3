import { useNavigate } from '@tanstack/react-router';
import { type DragEvent, useCallback } from 'react';
import type { RepositoryPlace } from '../../src-main/common/place.ts';
import { useAccounts } from '../accounts/queries.ts';
import { sidesSearch } from '../comparison/sides.ts';
import { takeTags } from '../copy/dragged-tags.ts';

/** Leads to the comparison of two of a repository's tags, or of one with what is chosen there; a tag dropped onto another is the left one. */
export function useComparing({ accountId, repository }: RepositoryPlace) {
  const navigate = useNavigate();
  const accounts = useAccounts().data;
  const compare = useCallback(
    (left: string, right?: string) => {
      const here = (reference: string) => ({ accountId, repository, reference });
      const search = sidesSearch(here(left), right === undefined ? undefined : here(right), accounts ?? []);
      void navigate({ to: '/compare', search });
    },
    [navigate, accounts, accountId, repository],
  );
  const dropTag = useCallback(
    (name: string, event: DragEvent) => {
      event.preventDefault();
      const dropped = takeTags(event.dataTransfer);
      const [tag, another] = dropped?.tags ?? [];
      if (!dropped || tag === undefined || another !== undefined) return;
      const left = { accountId: dropped.accountId, repository: dropped.repository, reference: tag };
      const isItself = tag === name && left.repository === repository && left.accountId === accountId;
      if (isItself) return;
      const right = { accountId, repository, reference: name };
      void navigate({ to: '/compare', search: sidesSearch(left, right, accounts ?? []) });
    },
    [navigate, accounts, accountId, repository],
  );
  return { compare, dropTag };
}
