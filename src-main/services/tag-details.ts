import type { TagDetails, UntaggedManifest } from '../common/tag.ts';
import { attachedKindOf, type TagSummary } from '../engine/index.ts';

/** What the inventory knows of a tag beside its manifest. */
export interface TagNotes {
  /** Artifact types of what is attached to its manifest; absent where that was not looked for. */
  attached?: readonly string[];
  /** Unix milliseconds when it was seen to have moved. */
  moved?: number;
}

/** A manifest's line, of what is known of it. */
export function lineOf(summary: TagSummary): UntaggedManifest {
  return {
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

/** A tag's line, of what is known of its manifest. */
export function detailsOf(name: string, summary: TagSummary, { attached, moved }: TagNotes = {}): TagDetails {
  return {
    name,
    ...lineOf(summary),
    ...(attached && { attached: [...new Set(attached.map(attachedKindOf))] }),
    ...(moved === undefined ? {} : { moved: new Date(moved).toISOString() }),
  };
}
