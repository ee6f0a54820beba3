import { getRouteApi } from '@tanstack/react-router';
import { useMemo } from 'react';
import type { StorageScope } from '../../src-main/common/storage.ts';

const route = getRouteApi('/registries/$accountId/storage');

/** What the page is about: the registry, or the part of it that the address names. */
export function useScope(): StorageScope {
  const { accountId } = route.useParams();
  const { namespace, repository } = route.useSearch();
  return useMemo(
    () => ({ accountId, ...(repository ? { repository } : namespace ? { namespace } : {}) }),
    [accountId, namespace, repository],
  );
}

/** Namespaces above what is shown, from the outermost: `a`, `a/b` of `a/b/app`. */
export function namespacesAbove({ namespace, repository }: StorageScope): readonly string[] {
  const name = repository ?? namespace ?? '';
  const parts = name.split('/');
  return parts.slice(0, -1).map((_, index) => parts.slice(0, index + 1).join('/'));
}

/** The last part of a name. */
export function baseName(name: string): string {
  return name.slice(name.lastIndexOf('/') + 1);
}
