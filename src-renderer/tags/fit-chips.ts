/** Pixels of a chip: a character of its monospaced text, what is around it, and between two. */
const CHARACTER = 7.25;
const AROUND = 16;
const GAP = 4;
/** Of one that a rule keeps: its lock. */
const LOCK = 15;
/** Room for "+12". */
const MORE = 40;

/** What takes room in a chip. */
interface Drawn {
  readonly name: string;
  readonly immutable: boolean;
}

/** How many of the first chips are shown whole in a width, where the number of the others is shown as well; one at least. */
export function fitChips(chips: Iterable<Drawn>, total: number, width: number): number {
  let used = 0;
  let count = 0;
  for (const chip of chips) {
    used += widthOf(chip) + (count > 0 ? GAP : 0);
    const isLast = count + 1 === total;
    if (used + (isLast ? 0 : GAP + MORE) > width) break;
    count++;
  }
  return Math.min(total, Math.max(1, count));
}

/** Whether a chip alone is wider than its column: its name is cut. */
export function isWider(chip: Drawn, width: number): boolean {
  return widthOf(chip) > width - GAP - MORE;
}

const widthOf = ({ name, immutable }: Drawn) => AROUND + name.length * CHARACTER + (immutable ? LOCK : 0);
