import type { ReactNode } from 'react';
import type { CompareRows } from './row-order.ts';

export interface VirtualColumn<Row> {
  id: string;
  /** Empty for a column of buttons. */
  header: string;
  /** Pixels; the least width where the column grows. */
  width: number;
  /** Share of the width that is left over; 0 (default) keeps `width`. */
  grow?: number;
  align?: 'start' | 'end';
  /** It is always shown, in its place. */
  fixed?: boolean;
  /** It is shown when it is asked for. */
  usuallyHidden?: boolean;
  /**
   * Must depend on the row and on the column's pixels alone: cells are drawn again only when these change.
   *
   * @param isBrief the row passes by: what it is called is enough; of such a row the first column alone is drawn
   */
  cell: (row: Row, width: number, isBrief: boolean) => ReactNode;
  /** The cell as text, shown as a tooltip where it is cut off. */
  text?: (row: Row) => string | undefined;
  /** Order of two rows in the given direction; a column without one cannot be sorted. See `compareValues`. */
  compare?: CompareRows<Row>;
  /** The first click on its head sorts descending: what is newest or largest is looked for first. */
  descendingFirst?: boolean;
}
