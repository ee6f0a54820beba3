/** What a registry's monogram is made of. */
interface Named {
  readonly id: string;
  readonly name: string;
}

export interface Monogram {
  readonly letters: string;
  /** White letters on it have the contrast of text in both themes. */
  readonly colour: string;
}

/** Told apart by their hue, and by how dark they are where hues are not told apart. Each has 4.5:1 against white, or more. */
export const COLOURS = [
  '#0f6e84',
  '#7a5195',
  '#b0533c',
  '#2f6f3e',
  '#a33b62',
  '#3c5fb3',
  '#7d6214',
  '#4b5a68',
  '#8a3ea8',
  '#16707a',
  '#9c4a12',
  '#5a6b1f',
] as const;

/** Monograms of the registries by their ids. The letters change only where two names begin alike. @param colours see {@link withColours} */
export function monograms(
  registries: readonly Named[],
  colours: Readonly<Record<string, number>>,
): ReadonlyMap<string, Monogram> {
  const taken = new Set<string>();
  const made = new Map<string, Monogram>();
  // In an order of their own, so that dragging one changes no letters.
  for (const { id, name } of registries.toSorted((a, b) => (a.id < b.id ? -1 : 1))) {
    const candidates = lettersFor(name);
    const letters = candidates.find((each) => !taken.has(each)) ?? candidates[0] ?? '?';
    taken.add(letters);
    made.set(id, { letters, colour: COLOURS[colours[id] ?? 0] ?? COLOURS[0] });
  }
  return made;
}

/**
 * The colours by id, each kept for good: who is new is given that of its id, or one that fewer have. Those of registries that are
 * gone are left out. The same object where nothing changes.
 */
export function withColours(
  registries: readonly Pick<Named, 'id'>[],
  before: Readonly<Record<string, number>>,
): Readonly<Record<string, number>> {
  const ids = new Set(registries.map(({ id }) => id));
  const kept = Object.entries(before).filter(([id]) => ids.has(id));
  const missing = registries.filter(({ id }) => before[id] === undefined);
  if (missing.length === 0 && kept.length === Object.keys(before).length) return before;
  const after: Record<string, number> = Object.fromEntries(kept);
  const uses = COLOURS.map((_, index) => kept.filter(([, colour]) => colour === index).length);
  for (const { id } of missing) {
    const own = hashOf(id) % COLOURS.length;
    const order = COLOURS.map((_, step) => (own + step) % COLOURS.length);
    const colour = order.reduce((best, each) => ((uses[each] ?? 0) < (uses[best] ?? 0) ? each : best), own);
    after[id] = colour;
    uses[colour] = (uses[colour] ?? 0) + 1;
  }
  return after;
}

/** The first two letters; after these the first with the beginnings of other words, and with each that follows. */
function lettersFor(name: string): string[] {
  const words = name.match(/[\p{L}\p{N}]+/gu) ?? [];
  const [first = '?'] = words.join('');
  const isWide = /\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Hangul}/u.test(first);
  const others = [...words.slice(1).map((word) => [...word][0] ?? ''), ...[...words.join('')].slice(2)];
  const second = [...(words.join('') || '')][1] ?? '';
  // One sign of such a script is as wide as two letters.
  if (isWide) return [first, ...others.filter((each) => each !== first)];
  return [first + second, ...others.map((each) => first + each)].filter((each) => each !== '');
}

/** FNV-1a. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    hash ^= text.charCodeAt(index);
    hash = Math.imul(hash, 0x01000193);
  }
  return hash >>> 0;
}
