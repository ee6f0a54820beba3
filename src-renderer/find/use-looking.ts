import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { Looking } from '../../src-main/common/find.ts';
import { api, orpc } from '../api.ts';
import { findQueries } from './queries.ts';

/** Looking into images, as it goes on: what it finds is asked for again now and then. */
export function useLooking() {
  const client = useQueryClient();
  const looking = useQuery(findQueries.looking()).data ?? undefined;
  const start = useMutation(orpc.find.look.mutationOptions());
  const stop = useMutation(orpc.find.stop.mutationOptions());
  useEffect(() => {
    const controller = new AbortController();
    const refresh = () => {
      void client.invalidateQueries({ queryKey: orpc.find.looked.key() });
      void client.invalidateQueries({ queryKey: orpc.find.unreadLayers.key() });
      void client.invalidateQueries({ queryKey: orpc.find.packages.key() });
    };
    const watch = async () => {
      for await (const each of await api.find.watch(undefined, { signal: controller.signal })) {
        client.setQueryData<Looking | null>(findQueries.looking().queryKey, each);
        if (each.status !== 'running') refresh();
      }
    };
    // It ends with the page; a connection that is lost is told by the page's own questions.
    void watch().catch(() => undefined);
    return () => controller.abort();
  }, [client]);
  return { looking, start, stop };
}
