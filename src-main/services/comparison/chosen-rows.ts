import { type FileComparison, FileTree, Growing, inSlices, type KeptRow } from '../../engine/index.ts';
import { checkOf } from '../layers/rows.ts';
import { Recent } from '../recent.ts';

/** What of the rows is asked for. */
export interface RowsChoice {
  change?: KeptRow['change'] | undefined;
  /** Words that are all in the path. */
  filter?: string | undefined;
  /** Those of which only the times differ as well. */
  times?: boolean | undefined;
}

/** Choices of one comparison that are kept at hand, for the pages of their lists. */
const KEPT_MAX = 4;

/** Which rows of a comparison are asked for, gone through once for all pages of them. */
export class ChosenRows {
  readonly comparison: FileComparison;
  readonly #rows = new Recent<Uint32Array>(KEPT_MAX);
  readonly #trees = new Recent<FileTree>(KEPT_MAX);

  constructor(comparison: FileComparison) {
    this.comparison = comparison;
  }

  /** Numbers of rows, in order. */
  async list(choice: RowsChoice, signal: AbortSignal | undefined): Promise<Uint32Array> {
    const key = keyOf(choice);
    const rows = this.#rows.get(key) ?? (await chosen(this.comparison, choice, signal));
    this.#rows.use(key, rows);
    return rows;
  }

  async tree(choice: RowsChoice, signal: AbortSignal | undefined): Promise<FileTree> {
    const key = keyOf(choice);
    const tree =
      this.#trees.get(key) ??
      (await FileTree.of(this.comparison, await this.list(choice, signal), checkOf(signal)));
    this.#trees.use(key, tree);
    return tree;
  }
}

const keyOf = ({ change, filter, times }: RowsChoice): string => JSON.stringify([change, filter, times]);

async function chosen(
  comparison: FileComparison,
  { change, filter = '', times = false }: RowsChoice,
  signal: AbortSignal | undefined,
): Promise<Uint32Array> {
  const words = filter
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  const isChosen = (row: KeptRow): boolean => {
    if (change !== undefined && row.change !== change) return false;
    const { aspects } = row;
    const timesOnly = aspects.length > 0 && aspects.every((aspect) => aspect === 'modified');
    if (timesOnly && !row.uncertain && !times) return false;
    if (words.length === 0) return true;
    const text = row.path.toLowerCase();
    return words.every((word) => text.includes(word));
  };
  const rows = new Growing(Uint32Array);
  for await (const at of inSlices(numbers(comparison.length), checkOf(signal)))
    if (isChosen(comparison.row(at))) rows.push(at);
  return rows.array.slice(0, rows.length);
}

function* numbers(length: number): Generator<number, void, void> {
  for (let at = 0; at < length; at++) yield at;
}
