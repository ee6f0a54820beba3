import { ATTACHED_KINDS, type AttachedKind } from '../../src-main/engine/vocabulary/attached.ts';

/** Kinds of what is attached, as one number: a bit for each, so that rows are compared and filtered at no cost. */
export type Marks = number;

const bits = new Map<AttachedKind, Marks>(ATTACHED_KINDS.map((kind, place) => [kind, 1 << place]));

export function marksOf(kinds: Iterable<AttachedKind>): Marks {
  let marks = 0;
  for (const kind of kinds) marks |= bits.get(kind) ?? 0;
  return marks;
}

export function hasMark(marks: Marks, kind: AttachedKind): boolean {
  return (marks & (bits.get(kind) ?? 0)) !== 0;
}

/** In the order in which they are shown. */
export function kindsOf(marks: Marks): AttachedKind[] {
  return ATTACHED_KINDS.filter((kind) => hasMark(marks, kind));
}
