import type { RepositoryPlace } from '../../src-main/common/place.ts';
import { orpc } from '../api.ts';

export const referrerQueries = {
  /** What is attached to an image and, of an index, to the child of it that is looked at. */
  list: (place: RepositoryPlace, reference: string, child: string | undefined) =>
    orpc.referrers.list.queryOptions({
      input: { ...place, reference, ...(child === undefined ? {} : { child }) },
    }),
};
