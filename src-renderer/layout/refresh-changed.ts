import type { QueryClient } from '@tanstack/react-query';
import type { Operation } from '../../src-main/common/operation.ts';
import type { RepositoryPlace } from '../../src-main/common/place.ts';
import { orpc } from '../api.ts';
import { shownSubject } from '../operation-kinds.ts';
import { repositoryKeys } from '../repositories/queries.ts';
import type { RepositoryList } from '../repositories/rows.ts';
import { refreshTags } from '../tags/queries.ts';

/** Reads again what ended operations may have changed, each repository once; also of failed ones: they may have done a part. */
export function refreshChanged(client: QueryClient, ended: readonly Operation[]): void {
  const places = new Map<string, RepositoryPlace>();
  for (const operation of ended) {
    for (const place of shownSubject(operation).changes())
      places.set(`${place.accountId} ${place.repository}`, place);
  }
  for (const place of places.values()) {
    refreshTags(client, place);
    void client.invalidateQueries({ queryKey: orpc.images.get.key({ input: place }) });
    const list = client.getQueryData<RepositoryList>(repositoryKeys.list(place.accountId));
    if (list && !list.rows.some(({ name }) => name === place.repository)) {
      void client.invalidateQueries({ queryKey: repositoryKeys.list(place.accountId) });
    }
  }
  if (places.size > 0) void client.invalidateQueries({ queryKey: orpc.storage.key() });
  void client.invalidateQueries({ queryKey: orpc.products.key() });
  void client.invalidateQueries({ queryKey: orpc.localRegistry.usage.key() });
  void client.invalidateQueries({ queryKey: orpc.operations.history.key() });
  void client.invalidateQueries({ queryKey: orpc.operations.get.key() });
  void client.invalidateQueries({ queryKey: orpc.audit.key() });
}
