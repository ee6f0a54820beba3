import { align } from './align.ts';

/** Lines around a difference that both have. */
const CONTEXT = 3;

export interface TextHunk {
  /** The number of the first line, from 1. */
  left: number;
  right: number;
  lines: { state: 'same' | 'onlyLeft' | 'onlyRight'; text: string }[];
}

/** Where two texts differ, with some lines around. A last line without its end differs from one that has it. */
export async function textHunks(left: string, right: string, signal?: AbortSignal): Promise<TextHunk[]> {
  const [ones, others] = [linesOf(left), linesOf(right)];
  const hunks: TextHunk[] = [];
  let hunk: TextHunk | undefined;
  /** Lines that both have since the last difference. */
  let since: string[] = [];
  let [leftAt, rightAt] = [0, 0];
  for (const at of await align(ones, others, signal)) {
    const text = (at.left === undefined ? others[at.right ?? 0] : ones[at.left]) ?? '';
    if (at.left !== undefined && at.right !== undefined) {
      since.push(text);
      if (hunk && since.length > 2 * CONTEXT) {
        hunk.lines.push(...since.slice(0, CONTEXT).map(same));
        since = since.slice(CONTEXT);
        hunk = undefined;
      }
      if (!hunk) since = since.slice(-CONTEXT);
    } else {
      if (!hunk) {
        hunk = { left: leftAt - since.length + 1, right: rightAt - since.length + 1, lines: [] };
        hunks.push(hunk);
      }
      hunk.lines.push(...since.map(same), {
        state: at.left === undefined ? 'onlyRight' : 'onlyLeft',
        text: shown(text),
      });
      since = [];
    }
    if (at.left !== undefined) leftAt += 1;
    if (at.right !== undefined) rightAt += 1;
  }
  hunk?.lines.push(...since.slice(0, CONTEXT).map(same));
  return hunks;
}

const same = (text: string) => ({ state: 'same' as const, text: shown(text) });
const shown = (text: string): string => text.replace(/\r?\n$/, '');
const linesOf = (text: string): string[] => text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
