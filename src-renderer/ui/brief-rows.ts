/** Rows that are drawn whole in one picture beside those that were there: those of a notch of the wheel, which leave time for the next one. */
export const WHOLE_A_PICTURE = 4;

/** Rows that are drawn whole in the picture that is the first of them. */
export const WHOLE_AT_FIRST = 8;

/** What was drawn last. */
export interface DrawnRows {
  readonly ids: ReadonlySet<string>;
  /** Of these no more than the first column. */
  readonly brief: ReadonlySet<string>;
  /** The rest of what came at once is still to be drawn. */
  readonly isOpening: boolean;
  /** Counts the pictures that are for rows which are still brief. */
  readonly turn: number;
}

export const NOTHING_DRAWN: DrawnRows = { ids: new Set(), brief: new Set(), isOpening: false, turn: 0 };

/**
 * The next picture. Of rows that come at once, as in a table that opens, is grouped or sorted, some are whole, so that they are there sooner,
 * and the others at once after them. Where a whole screen of rows scrolls by with each picture, their other columns come when the scrolling
 * rests, some rows in each picture: nobody reads what passes in a sixtieth of a second, and the page answers meanwhile.
 *
 * @param ids of the rows in view, in order
 */
export function nextDrawn(
  before: DrawnRows,
  ids: readonly string[],
  { isScrolling, turn }: { isScrolling: boolean; turn: number },
): DrawnRows {
  const owed = ids.filter((id) => before.brief.has(id));
  const came = ids.filter((id) => !before.ids.has(id));
  const left = turn === before.turn ? owed : owed.slice(WHOLE_A_PICTURE);
  const isTooMuch = isScrolling && came.length > WHOLE_A_PICTURE;
  const late = isTooMuch ? came : came.slice(WHOLE_AT_FIRST);
  const brief = new Set([...left, ...late]);
  return {
    ids: new Set(ids),
    brief,
    isOpening: brief.size > 0 && ((!isScrolling && late.length > 0) || before.isOpening),
    turn,
  };
}
