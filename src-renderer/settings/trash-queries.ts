import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, orpc } from '../api.ts';
import { settingsOptions } from './queries.ts';

/** Rows asked for at a time. */
const PAGE = 20;

export function useTrashUsage() {
  return useQuery(orpc.trash.usage.queryOptions());
}

/** What is kept of each change, some at a time. */
export function useTrashEntries() {
  return useInfiniteQuery({
    queryKey: [...orpc.trash.entries.key(), 'pages'],
    queryFn: ({ pageParam, signal }) => api.trash.entries({ offset: pageParam, limit: PAGE }, { signal }),
    initialPageParam: 0,
    getNextPageParam: (last, all) => (last.length === PAGE ? all.length * PAGE : undefined),
  });
}

export function useEmptyTrash() {
  const client = useQueryClient();
  return useMutation(
    orpc.trash.empty.mutationOptions({
      onSettled: () => client.invalidateQueries({ queryKey: orpc.trash.key() }),
    }),
  );
}

/** Where layers are kept from now on. One that is refused says why where it was chosen. */
export function useChangeKeptFolder() {
  const client = useQueryClient();
  return useMutation(
    orpc.app.changeSettings.mutationOptions({
      onSuccess: (settings) => {
        client.setQueryData(settingsOptions.queryKey, settings);
        return client.invalidateQueries({ queryKey: orpc.trash.key() });
      },
    }),
  );
}
