import { orpc } from '../api.ts';

export const savedQueries = {
  /** Synchronisations kept by name. */
  list: () => orpc.transfers.saved.queryOptions(),
  /** Those that cannot be read: a newer version wrote them, or they were spoiled. */
  unreadable: () => orpc.transfers.unreadableSaved.queryOptions(),
};
