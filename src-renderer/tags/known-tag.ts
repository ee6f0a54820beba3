import type { TagLine } from '../../src-main/common/tag.ts';
import type { Choosable } from '../selection/choosing.ts';
import type { TagRow } from './tag-rows.ts';

/** A tag with what is known of it, whatever row it is on. */
export interface KnownTag {
  readonly name: string;
  readonly details?: TagLine;
}

const known = new WeakMap<readonly TagRow[], readonly KnownTag[]>();

/** The tags that rows stand for. The same array for the same rows. */
export function knownOf(rows: readonly TagRow[]): readonly KnownTag[] {
  const before = known.get(rows);
  if (before) return before;
  const tags = rows.flatMap(({ tags, details }) =>
    tags.map(({ name }) => ({ name, ...(details && { details }) })),
  );
  known.set(rows, tags);
  return tags;
}

export function choosableOf({ name, details }: KnownTag): Choosable {
  return { name, digest: details?.digest, created: details?.created };
}
