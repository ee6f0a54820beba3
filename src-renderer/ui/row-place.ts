/** How rows are told from one another. */
export interface RowIdentity<Row> {
  readonly rowId: (row: Row) => string;
  /** Whether a row has taken the place of one that is not there any more: rows can merge once more is known of them. */
  readonly replaces?: ((row: Row, goneId: string) => boolean) | undefined;
}

/** Where the row of this id is, or that which has taken its place; -1 where neither is there. */
export function placeOfRow<Row>(
  rows: readonly Row[],
  { rowId, replaces }: RowIdentity<Row>,
  id: string | undefined,
): number {
  if (id === undefined) return -1;
  const own = rows.findIndex((row) => rowId(row) === id);
  return own >= 0 || !replaces ? own : rows.findIndex((row) => replaces(row, id));
}
