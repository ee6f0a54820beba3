import { queryOptions } from '@tanstack/react-query';
import type { RepositoryPlace } from '../../src-main/common/place.ts';
import { orpc } from '../api.ts';

export const imageQueries = {
  /** A manifest by tag or digest. What a digest names never changes; a tag may move. */
  get: (place: RepositoryPlace, reference: string) =>
    queryOptions({
      ...orpc.images.get.queryOptions({ input: { ...place, reference } }),
      ...(reference.includes(':') && { staleTime: Number.POSITIVE_INFINITY }),
    }),
};
