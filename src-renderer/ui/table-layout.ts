import { z } from 'zod';

/** Pixels that a column may be made. */
const NARROWEST = 40;
const WIDEST = 1_200;
/** Between two columns. */
export const COLUMN_GAP = 14;

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
  /** Its width was chosen by the user, and stays. */
  chosen?: boolean;
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
      return width === undefined ? column : { ...column, width, grow: 0, chosen: true };
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
 * Pixels of each column in a room. Where all that is needed has room, what is left over goes to the columns that grow, or to the
 * last one. Where it has not, no column keeps more than it needs, and those that need more share the rest, the ones that need
 * least first: names are cut only where nothing else has room. What none of them needs goes to those that grow here, too.
 *
 * @param needs by place; a column that needs nothing known keeps its width
 */
export function columnWidths(
  columns: readonly LaidOut[],
  room: number,
  needs: readonly (number | undefined)[] = [],
): number[] {
  const left = room - COLUMN_GAP * Math.max(0, columns.length - 1);
  const needed = columns.map(({ width, chosen }, at) => Math.max(width, (!chosen && needs[at]) || 0));
  if (sum(needed) <= left) return grown(columns, needed, left);
  const least = columns.map(({ width, chosen }, at) =>
    chosen ? width : Math.min(width, Math.max(NARROWEST, needs[at] ?? width)),
  );
  const widths = sum(least) < left ? least : columns.map(({ width }) => width);
  const given = shared(
    widths,
    columns.map(({ width, chosen }, at) => (chosen ? width : (needs[at] ?? width))),
    left,
  );
  return sum(given) < left ? grown(columns, given, left) : given;
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);

/** What is left over goes to those that grow, by their shares of the whole; none gets less than its own. */
function grown(columns: readonly LaidOut[], own: readonly number[], room: number): number[] {
  const growing = columns.flatMap(({ grow = 0 }, at) => (grow > 0 ? [at] : []));
  const share = (at: number) => columns[at]?.grow || 1;
  const widths = [...own];
  let open = growing.length > 0 ? growing : columns.slice(-1).map(() => columns.length - 1);
  let left = room - sum(own.filter((_, at) => !open.includes(at)));
  while (open.length > 0) {
    const part = left / sum(open.map(share));
    const tooNarrow = open.filter((at) => part * share(at) < (own[at] ?? 0));
    if (tooNarrow.length === 0) {
      for (const at of open) widths[at] = Math.floor(part * share(at));
      break;
    }
    left -= sum(tooNarrow.map((at) => own[at] ?? 0));
    open = open.filter((at) => !tooNarrow.includes(at));
  }
  return widths;
}

/** What is left over goes to those that need more, in equal parts as far as they need it. */
function shared(own: readonly number[], needed: readonly number[], room: number): number[] {
  const widths = [...own];
  let left = room - sum(own);
  const wants = own.map((width, at) => ({ at, want: (needed[at] ?? 0) - width }));
  const open = wants.filter(({ want }) => want > 0).toSorted((a, b) => a.want - b.want);
  for (const [done, { at, want }] of open.entries()) {
    const given = Math.max(0, Math.min(want, Math.floor(left / (open.length - done))));
    widths[at] = (widths[at] ?? 0) + given;
    left -= given;
  }
  return widths;
}
