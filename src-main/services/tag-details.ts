import type { TagDetails } from '../common/tag.ts';
import type { TagSummary } from '../engine/index.ts';

/** A tag's line, of what is known of its manifest. */
export function detailsOf(name: string, summary: TagSummary): TagDetails {
  return {
    name,
    digest: summary.digest,
    mediaType: summary.mediaType,
    kind: summary.kind,
    size: summary.size,
    ...(summary.created === undefined ? {} : { created: summary.created }),
    platforms: [...summary.platforms],
    ...(summary.artifactType === undefined ? {} : { artifactType: summary.artifactType }),
    attested: summary.attested,
    ...(summary.unreadable === undefined ? {} : { unreadable: summary.unreadable }),
  };
}
