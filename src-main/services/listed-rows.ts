import type { ListedArtifact, TagSummary } from '../engine/index.ts';

type Dates = Pick<ListedArtifact, 'digest' | 'pushed' | 'pulled'>;
type Described = Omit<TagSummary, 'unreadable'> & Dates & { size: number };

/** Artifacts as the inventory takes them from a product's list: what it says of each, or only when it was pushed and pulled. */
export function listedRows(artifacts: Iterable<ListedArtifact>): (Described | Dates)[] {
  return [...artifacts].flatMap(({ digest, mediaType, size, summary, pushed, pulled }) => {
    const dates = {
      digest,
      ...(pushed === undefined ? {} : { pushed }),
      ...(pulled === undefined ? {} : { pulled }),
    };
    if (summary) return [{ ...summary, ...dates, mediaType, size: size ?? summary.size }];
    return pushed === undefined && pulled === undefined ? [] : [dates];
  });
}
