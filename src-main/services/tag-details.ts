import type { TagDetails, UntaggedManifest } from '../common/tag.ts';
import { attachedKindOf, type TagSummary } from '../engine/index.ts';

/** What the inventory knows of a tag beside its manifest. */
export interface TagNotes {
  /** RFC 3339; of products that say when it was pushed. */
  pushed?: string;
  /** Artifact types of what is attached to its manifest; absent where that was not looked for. */
  attached?: readonly string[];
  /** Unix milliseconds when it was seen to have moved. */
  moved?: number;
  /** A rule of the registry keeps the tag as it is. */
  immutable?: boolean;
}

/** A manifest's line, of what is known of it. */
export function lineOf(summary: TagSummary, { pushed }: Pick<TagNotes, 'pushed'> = {}): UntaggedManifest {
  return {
    digest: summary.digest,
    mediaType: summary.mediaType,
    kind: summary.kind,
    size: summary.size,
    ...(summary.created === undefined ? {} : { created: summary.created }),
    ...(pushed === undefined ? {} : { pushed }),
    platforms: [...summary.platforms],
    ...(summary.artifactType === undefined ? {} : { artifactType: summary.artifactType }),
    attested: summary.attested,
    ...(summary.unreadable === undefined ? {} : { unreadable: summary.unreadable }),
  };
}

/** A tag's line, of what is known of its manifest. */
export function detailsOf(name: string, summary: TagSummary, notes: TagNotes = {}): TagDetails {
  const { moved, immutable } = notes;
  return {
    name,
    ...lineOf(summary, notes),
    ...attachedOf(notes),
    ...(immutable ? { immutable } : {}),
    ...(moved === undefined ? {} : { moved: new Date(moved).toISOString() }),
  };
}

/** What is known to be attached, each kind once. */
export function attachedOf({ attached }: Pick<TagNotes, 'attached'>): Pick<TagDetails, 'attached'> {
  return attached ? { attached: [...new Set(attached.map(attachedKindOf))] } : {};
}
