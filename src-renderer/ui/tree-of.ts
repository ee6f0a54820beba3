/** How the rows of a table are a tree. */
export interface TreeOf<Row> {
  /** From 1 on. */
  level: (row: Row) => number;
  /** Undefined for what holds nothing. */
  expanded: (row: Row) => boolean | undefined;
  onToggle: (row: Row) => void;
}
