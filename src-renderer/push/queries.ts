import { queryOptions } from '@tanstack/react-query';
import { orpc } from '../api.ts';

export const contentQueries = {
  /** What the container engine has now: it is asked anew each time its list is opened. */
  engine: () =>
    queryOptions({
      ...orpc.content.engineImages.queryOptions(),
      staleTime: 0,
      gcTime: 0,
      retry: false,
    }),
};
