import type { TextHunk } from '../../src-main/common/comparison.ts';

/** Lines that are drawn: more of them hold up the page, and nobody reads them all. */
const MOST_LINES = 1000;
/** Characters of a line that are drawn. */
const MOST_CHARACTERS = 500;

/** What of them is drawn, and whether that is all. */
export function shownHunks(hunks: readonly TextHunk[]): { shown: readonly TextHunk[]; whole: boolean } {
  let left = MOST_LINES;
  let whole = true;
  const shown: TextHunk[] = [];
  for (const hunk of hunks) {
    if (left === 0) return { shown, whole: false };
    const lines = hunk.lines.slice(0, left).map(({ state, text }) => {
      if (text.length <= MOST_CHARACTERS) return { state, text };
      whole = false;
      return { state, text: `${text.slice(0, MOST_CHARACTERS)}…` };
    });
    if (lines.length < hunk.lines.length) whole = false;
    left -= lines.length;
    shown.push({ ...hunk, lines });
  }
  return { shown, whole };
}

/** A line of one side, with its number. */
interface NumberedLine {
  readonly number: number;
  readonly text: string;
}

/** A row of a text comparison: of both sides where it is the same, or where one line stands for another. */
export interface LineRow {
  readonly state: 'same' | 'changed' | 'onlyLeft' | 'onlyRight';
  readonly left?: NumberedLine;
  readonly right?: NumberedLine;
}

/** One line under the other, what goes before what comes. */
export function unifiedRows(hunk: TextHunk): readonly LineRow[] {
  let [left, right] = [hunk.left, hunk.right];
  return hunk.lines.map(({ state, text }): LineRow => {
    if (state === 'onlyLeft') return { state, left: { number: left++, text } };
    if (state === 'onlyRight') return { state, right: { number: right++, text } };
    return { state, left: { number: left++, text }, right: { number: right++, text } };
  });
}

/** Side by side: the lines that went beside those that came in their place. */
export function splitRows(hunk: TextHunk): readonly LineRow[] {
  const rows: LineRow[] = [];
  let [gone, come]: [NumberedLine[], NumberedLine[]] = [[], []];
  const flush = () => {
    for (let at = 0; at < Math.max(gone.length, come.length); at += 1) {
      const [left, right] = [gone[at], come[at]];
      if (left && right) rows.push({ state: 'changed', left, right });
      else if (left) rows.push({ state: 'onlyLeft', left });
      else if (right) rows.push({ state: 'onlyRight', right });
    }
    [gone, come] = [[], []];
  };
  for (const row of unifiedRows(hunk)) {
    if (row.state === 'same') {
      flush();
      rows.push(row);
    } else if (row.left) gone.push(row.left);
    else if (row.right) come.push(row.right);
  }
  flush();
  return rows;
}
