import type { TagDetails } from '../../src-main/common/tag.ts';

/** A tag with what is known of it, whatever row it is on. */
export interface KnownTag {
  readonly name: string;
  readonly details?: TagDetails;
}
