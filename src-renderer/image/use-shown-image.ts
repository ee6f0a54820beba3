import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import type { Image } from '../../src-main/common/image.ts';
import type { RepositoryPlace } from '../../src-main/common/place.ts';
import { chosenChild, type IndexContents, indexContents } from './index-entries.ts';
import { imageQueries } from './queries.ts';

const route = getRouteApi('/registries/$accountId/image');

/** In the URL instead of a platform's digest: the index itself. */
const INDEX = 'index';

export interface ShownImage {
  /** What the root lists, where it is an index. */
  index: IndexContents | undefined;
  /** What the tabs show: the root, or one child of the index; undefined while it is on its way. */
  shown: Image | undefined;
  /** The child's loading, where one is chosen. */
  query: { digest: string; isError: boolean; error: unknown; refetch: () => void } | undefined;
  /** Chooses a child by digest, or the index by the root's digest. */
  choose: (digest: string) => void;
}

/** Of an index, the child chosen in the URL, else the most usual platform; of anything else, itself. */
export function useShownImage(place: RepositoryPlace, root: Image): ShownImage {
  const { platform } = route.useSearch();
  const navigate = route.useNavigate();
  const index = useMemo(
    () => (root.content.kind === 'index' ? indexContents(root.content.entries) : undefined),
    [root],
  );
  const digest = index && platform !== INDEX ? childDigest(index, platform) : undefined;
  const child = useQuery({
    ...imageQueries.get(place, digest ?? root.digest),
    enabled: digest !== undefined,
  });
  const choose = useCallback(
    (chosen: string) =>
      void navigate({
        search: (before) => ({
          ...before,
          platform: chosen === root.digest ? INDEX : chosen,
          layer: undefined,
        }),
        replace: true,
      }),
    [navigate, root.digest],
  );
  if (digest === undefined) return { index, shown: root, query: undefined, choose };
  return {
    index,
    shown: child.data,
    query: { digest, isError: child.isError, error: child.error, refetch: () => void child.refetch() },
    choose,
  };
}

function childDigest({ children, loose }: IndexContents, asked: string | undefined): string | undefined {
  const attestations = [...children.flatMap((child) => child.attestations), ...loose];
  if (asked !== undefined && attestations.some(({ digest }) => digest === asked)) return asked;
  return chosenChild(children, asked)?.entry.digest;
}
