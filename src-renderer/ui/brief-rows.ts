/** Rows that are drawn whole in one picture beside those that were there: as many as leave time for the next one. */
export const WHOLE_A_PICTURE = 6;

/** What was drawn last. */
export interface DrawnRows {
  readonly ids: ReadonlySet<string>;
  /** Of these no more than the first column. */
  readonly brief: ReadonlySet<string>;
  /** Counts the pictures that are for rows which are still brief. */
  readonly turn: number;
}

export const NOTHING_DRAWN: DrawnRows = { ids: new Set(), brief: new Set(), turn: 0 };

/**
 * The next picture. Where a whole screen of rows scrolls by with each, their other columns come when the scrolling rests, some rows in
 * each picture: nobody reads what passes in a sixtieth of a second, and the page answers meanwhile.
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
  return { ids: new Set(ids), brief: new Set(isTooMuch ? [...left, ...came] : left), turn };
}
