import { SlicedWork } from '../../../src-renderer/lists/slices.ts';
import type { RowsAsked, TagRow, TagRowJoiner } from '../../../src-renderer/tags/tag-rows.ts';

/** All of it at once. */
export const join = (joiner: TagRowJoiner, asked: RowsAsked): readonly TagRow[] =>
  new SlicedWork(joiner.join(asked)).finish();
