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
  /** Must depend on the row alone: cells are drawn again only when their row changes. */
  cell: (row: Row) => ReactNode;
  /** The cell as text, shown as a tooltip where it is cut off. */
  text?: (row: Row) => string | undefined;
  /** Order of two rows in the given direction; a column without one cannot be sorted. See `compareValues`. */
  compare?: CompareRows<Row>;
}
