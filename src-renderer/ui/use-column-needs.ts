import { type RefObject, useEffect, useLayoutEffect, useReducer, useRef } from 'react';
import { isSameList } from './use-same.ts';

/** Milliseconds of rest before the rows in view are measured again: not while they scroll by or arrive. */
const REST_MS = 150;

/** Pixels that each column needs to cut nothing, by its place; undefined where only bars are drawn in it, or nothing is yet. */
export type ColumnNeeds = readonly (number | undefined)[];

const UNKNOWN: ColumnNeeds = [];

interface Known {
  readonly columns: readonly { readonly id: string }[];
  readonly needs: ColumnNeeds;
  /** They are those of columns that held something else: what is measured next takes their place. */
  readonly isOld: boolean;
}

/** In a head: the button that chooses columns, which lies over the end of the last one. */
const APART = '[data-apart]';
const APART_WIDTH = 32;

/** See {@link PendingCell}. */
const PENDING = '[data-pending]';

/**
 * What the columns of a table need for the rows that were looked at. It only grows, so that rows which scroll by do not push the
 * columns to and fro, and begins anew with other columns: at once, or a moment later where the same ones hold something else, since
 * all rows are drawn for that already.
 *
 * @param columns whichever are drawn
 * @param drawn changes when other rows are
 * @param isWhole no row waits for its cells
 * @param widthsOf what becomes of it: the table is drawn again only for other widths
 */
export function useColumnNeeds(
  table: RefObject<HTMLElement | null>,
  columns: Known['columns'],
  drawn: readonly unknown[],
  isWhole: boolean,
  widthsOf: (needs: ColumnNeeds) => readonly number[],
): ColumnNeeds {
  const known = useRef<Known>({ columns, needs: UNKNOWN, isOld: false });
  /** The columns of rows that were measured when all their cells were there. */
  const seen = useRef<readonly unknown[]>(undefined);
  const before = known.current;
  if (before.columns !== columns) {
    const isOld = areSame(before.columns, columns);
    known.current = { columns, needs: isOld ? before.needs : UNKNOWN, isOld };
    if (isOld && seen.current === before.columns) seen.current = columns;
  }
  const { needs, isOld } = known.current;
  const [, drawAgain] = useReducer((count: number) => count + 1, 0);
  const measure = useRef(() => {});
  measure.current = () => {
    const found = table.current ? needsOf(table.current) : UNKNOWN;
    if (found.length === 0) return;
    if (isWhole) seen.current = columns;
    const { needs: before, isOld } = known.current;
    // Rows that pass by have few of their cells.
    const isNew = isOld && isWhole;
    const next = isNew ? found : found.map((need, at) => larger(need, before[at]));
    known.current = { columns, needs: isSameList(next, before) ? before : next, isOld: isOld && !isNew };
    if (!isSameList(widthsOf(next), widthsOf(before))) drawAgain();
  };
  const isKnown = needs.length > 0;
  useLayoutEffect(() => {
    // The first rows are right when they are first seen, and so are those that follow at once.
    if (!isKnown || (isWhole && seen.current !== columns)) measure.current();
  }, [isKnown, isWhole, columns, ...drawn]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: measured when what is drawn is other rows, or in other columns
  useEffect(() => {
    const rest = setTimeout(() => measure.current(), isOld && isWhole ? 0 : REST_MS);
    return () => clearTimeout(rest);
  }, [columns, isOld, isWhole, ...drawn]);
  useEffect(() => {
    // Letters of a font that came late are wider.
    const again = () => measure.current();
    document.fonts.addEventListener('loadingdone', again);
    return () => document.fonts.removeEventListener('loadingdone', again);
  }, []);
  return needs;
}

const areSame = (some: Known['columns'], others: Known['columns']) =>
  some.length === others.length && some.every(({ id }, at) => id === others[at]?.id);

function larger(one: number | undefined, other: number | undefined): number | undefined {
  return one === undefined || other === undefined ? (one ?? other) : Math.max(one, other);
}

/** Of the rows that are drawn, their heads included; nothing while there are none. */
function needsOf(table: HTMLElement): ColumnNeeds {
  const all = [...table.querySelectorAll('[role="row"]')].map((row) => row.children);
  const [heads] = all;
  // One line stands for all where there are no rows, or not yet.
  const rows = all.filter((row) => row.length === heads?.length);
  if (!heads || rows.length < 2) return UNKNOWN;
  const isChosen = heads[0]?.matches(':has(> [role="checkbox"])') ? 1 : 0;
  const range = document.createRange();
  const needs = Array.from({ length: heads.length - isChosen }, (_, at) => {
    const [head, ...cells] = rows.flatMap((row) => row[at + isChosen] ?? []);
    const most = cells.reduce<number | undefined>(
      (widest, cell) => larger(widest, widthOf(cell, range, 'svg, button, [data-tone]')),
      undefined,
    );
    // What is on its way needs more than its head: until it is there the column keeps its width.
    if (!head || (most === undefined && cells.some((cell) => cell.querySelector(PENDING)))) return undefined;
    const titled = widthOf(head, range, 'svg');
    return larger(most, titled && head.querySelector(APART) ? titled + APART_WIDTH : titled);
  });
  // It follows what is done to the document for as long as it lives: not within what scrolls.
  range.selectNode(document.documentElement);
  return needs;
}

/**
 * Pixels from the first letter or icon of a cell to the last, cut off or not; undefined where there is none.
 *
 * @param range whichever: one for all, since each that was made slows down every change of the document until it is collected
 * @param drawn what takes room without being text, chips with their edges; a head's button is larger than what it shows
 */
function widthOf(cell: Element, range: Range, drawn: string): number | undefined {
  let from = Number.POSITIVE_INFINITY;
  let to = Number.NEGATIVE_INFINITY;
  /** What is cut out of the middle of names: what comes after them has moved up. */
  let cut = 0;
  const take = ({ left, right, width }: DOMRect) => {
    // Words for screen readers alone are a pixel wide.
    if (width <= 1) return;
    from = Math.min(from, left);
    to = Math.max(to, right);
  };
  const texts = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
  for (let node = texts.nextNode(); node !== null; node = texts.nextNode()) {
    if (node.parentElement?.clientWidth === 1 || node.parentElement?.closest(APART)) continue;
    range.selectNode(node);
    const shortened = node.parentElement?.closest('[data-head]');
    if (shortened) cut += Math.max(0, range.getBoundingClientRect().width - shortened.clientWidth);
    take((shortened ?? range).getBoundingClientRect());
  }
  for (const element of cell.querySelectorAll(drawn))
    if (!element.closest(APART)) take(element.getBoundingClientRect());
  // A fraction of a pixel is enough for an ellipsis.
  return to > from ? Math.ceil(to - from + cut) + 1 : undefined;
}
