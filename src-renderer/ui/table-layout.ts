import { z } from 'zod';

/** Pixels that a column may be made. */
const NARROWEST = 40;
const WIDEST = 1_200;
/** Between two columns. */
export const COLUMN_GAP = 12;

/** What the user made of a table's columns. */
export const tableLayout = z.object({
  /** Ids in the order chosen; the others stay beside the ones they usually follow. */
  order: z.array(z.string()),
  /** Those shown or hidden by choice. */
  shown: z.record(z.string(), z.boolean()),
  /** Pixels. */
  widths: z.record(z.string(), z.number().min(NARROWEST).max(WIDEST)),
});
export type TableLayout = z.infer<typeof tableLayout>;

export const usualLayout: TableLayout = { order: [], shown: {}, widths: {} };

/** What a layout needs to know of a column. */
export interface LaidOut {
  id: string;
  width: number;
  grow?: number;
  fixed?: boolean;
  usuallyHidden?: boolean;
}

/** All columns in the order chosen, hidden ones included; fixed ones keep their places. */
export function inOrder<Column extends LaidOut>(
  columns: readonly Column[],
  { order }: Pick<TableLayout, 'order'>,
): Column[] {
  const movable = columns.filter(({ fixed }) => !fixed);
  const placed = [...new Set(order)].flatMap((id) => movable.filter((column) => column.id === id));
  for (const [index, column] of movable.entries()) {
    if (placed.includes(column)) continue;
    const before = movable[index - 1];
    placed.splice(before ? placed.indexOf(before) + 1 : 0, 0, column);
  }
  const next = placed.values();
  return columns.flatMap((column) => (column.fixed ? [column] : (next.next().value ?? [])));
}

export function isShown(
  { id, fixed, usuallyHidden }: LaidOut,
  { shown }: Pick<TableLayout, 'shown'>,
): boolean {
  return fixed === true || (shown[id] ?? !usuallyHidden);
}

/** The columns to draw, in order and with the widths chosen: a width that was chosen does not grow. */
export function laidOut<Column extends LaidOut>(
  columns: readonly Column[],
  layout: TableLayout,
): readonly Column[] {
  return inOrder(columns, layout)
    .filter((column) => isShown(column, layout))
    .map((column) => {
      const width = layout.widths[column.id];
      return width === undefined ? column : { ...column, width, grow: 0 };
    });
}

/** A column takes the place of another one, which makes room for it. */
export function moved(columns: readonly LaidOut[], layout: TableLayout, id: string, to: string): TableLayout {
  const order = inOrder(columns, layout).flatMap((column) => (column.fixed ? [] : [column.id]));
  const place = order.indexOf(to);
  if (place < 0 || !order.includes(id)) return layout;
  const rest = order.filter((each) => each !== id);
  rest.splice(place, 0, id);
  return { ...layout, order: rest };
}

export function resized(layout: TableLayout, id: string, width: number): TableLayout {
  const fitting = Math.round(Math.min(WIDEST, Math.max(NARROWEST, width)));
  return { ...layout, widths: { ...layout.widths, [id]: fitting } };
}

/** Takes the usual width again. */
export function unsized(layout: TableLayout, id: string): TableLayout {
  const { [id]: _, ...widths } = layout.widths;
  return { ...layout, widths };
}

/**
 * Pixels of each column in a room: those that grow share what is left over, none of them narrower than its own width; where none
 * grows, the last one takes it.
 */
export function columnWidths(columns: readonly LaidOut[], room: number): number[] {
  const growing = columns.filter(({ grow = 0 }) => grow > 0);
  const share = new Map<LaidOut, number>();
  let open = growing.length > 0 ? growing : columns.slice(-1);
  const gaps = COLUMN_GAP * Math.max(0, columns.length - 1);
  let left = columns.reduce(
    (rest, column) => (open.includes(column) ? rest : rest - column.width),
    room - gaps,
  );
  while (open.length > 0) {
    const parts = open.reduce((sum, { grow }) => sum + (grow || 1), 0);
    const tooNarrow = open.filter(({ width, grow }) => (left / parts) * (grow || 1) < width);
    if (tooNarrow.length === 0) {
      for (const column of open) share.set(column, Math.floor((left / parts) * (column.grow || 1)));
      break;
    }
    left -= tooNarrow.reduce((sum, { width }) => sum + width, 0);
    open = open.filter((column) => !tooNarrow.includes(column));
  }
  return columns.map((column) => share.get(column) ?? column.width);
}
