import type { ListedArtifact, TagSummary } from '../engine/index.ts';

/** Artifacts as the inventory takes them from a product's list: those of which it says what they are. */
export function listedRows(
  artifacts: Iterable<ListedArtifact>,
): (Omit<TagSummary, 'unreadable'> & Pick<ListedArtifact, 'pushed' | 'pulled'> & { size: number })[] {
  return [...artifacts].flatMap(({ digest, mediaType, size, summary, pushed, pulled }) =>
    summary
      ? [
          {
            ...summary,
            digest,
            mediaType,
            size: size ?? summary.size,
            ...(pushed === undefined ? {} : { pushed }),
            ...(pulled === undefined ? {} : { pulled }),
          },
        ]
      : [],
  );
}
