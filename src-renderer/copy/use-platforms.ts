import { useQueries } from '@tanstack/react-query';
import type { Image } from '../../src-main/common/image.ts';
import type { RepositoryPlace } from '../../src-main/common/place.ts';
import { imageQueries } from '../image/queries.ts';
import { formatPlatform } from '../ui/format.ts';

/** Images that are looked into: of more, platforms are written by hand. */
const LOOKED_INTO = 10;

/** The platforms of images, each once in the order in which they name them; undefined where they are not known of all. */
export function usePlatforms(
  place: RepositoryPlace,
  references: readonly string[],
): readonly string[] | undefined {
  const asked = references.length <= LOOKED_INTO ? references : [];
  const images = useQueries({
    queries: asked.map((reference) => imageQueries.get(place, reference)),
    combine: (results) => results.map(({ data }) => data),
  });
  const known = images.filter((image) => image !== undefined);
  if (known.length < references.length) return undefined;
  return [...new Set(known.flatMap(platformsOf))];
}

/** As a choice of platforms names them: of several versions of an operating system all go. */
function platformsOf({ content }: Image): readonly string[] {
  if (content.kind !== 'index') return [];
  return content.entries.flatMap(({ kind, platform }) =>
    kind === 'attestation' || !platform || platform.os === 'unknown' || platform.os === ''
      ? []
      : formatPlatform({ ...platform, osVersion: undefined }),
  );
}
