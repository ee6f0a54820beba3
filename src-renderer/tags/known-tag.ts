import type { TagLine } from '../../src-main/common/tag.ts';
import type { Choosable } from '../selection/choosing.ts';
import { referencesOf, type TagRow } from './tag-rows.ts';

/** A tag, or a manifest without one by its digest, with what is known of it. */
export interface KnownTag {
  readonly name: string;
  readonly details?: TagLine;
}

const known = new WeakMap<readonly TagRow[], readonly KnownTag[]>();

/** What rows stand for. The same array for the same rows. */
export function knownOf(rows: readonly TagRow[]): readonly KnownTag[] {
  const before = known.get(rows);
  if (before) return before;
  const tags = rows.flatMap((row) =>
    referencesOf(row).map((name) => ({ name, ...(row.details && { details: row.details }) })),
  );
  known.set(rows, tags);
  return tags;
}

export function choosableOf({ name, details }: KnownTag): Choosable {
  return { name, digest: details?.digest, came: details?.pushed ?? details?.created };
}
