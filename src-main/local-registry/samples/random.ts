/** A seeded generator (mulberry32): the same numbers on every machine. */
export class Random {
  #state: number;

  constructor(seed: string) {
    let hash = 0x811c9dc5; // FNV-1a
    for (const char of seed) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193);
    this.#state = hash;
  }

  /** A whole number from 0 to `limit` - 1. */
  below(limit: number): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 4294967296) * limit);
  }

  pick<T>(items: readonly [T, ...T[]]): T {
    return items[this.below(items.length)] ?? items[0];
  }
}

/** Machine code's look to a compressor: it shrinks to about half. Begins as an ELF file does. */
export function programBytes(seed: string, size: number): Uint8Array {
  const random = new Random(seed);
  const bytes = new Uint8Array(size);
  bytes.set([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1]);
  for (let at = 64; at < size; ) {
    const length = Math.min(4 + random.below(28), size - at);
    if (at > 4096 && random.below(100) < 55) {
      const from = at - length - random.below(4000);
      bytes.copyWithin(at, from, from + length);
    } else {
      for (let i = 0; i < length; i++) bytes[at + i] = random.below(256);
    }
    at += length;
  }
  return bytes;
}

const WORDS = [
  'anchor',
  'berth',
  'cargo',
  'dock',
  'ebb',
  'ferry',
  'gangway',
  'harbour',
  'inlet',
  'jetty',
  'keel',
  'lighter',
  'mooring',
  'navigate',
  'outrigger',
  'pier',
  'quay',
  'rigging',
  'stern',
  'tide',
  'upstream',
  'vessel',
  'wharf',
  'yard',
] as const;

/** Lines of words, about `size` bytes. */
export function prose(seed: string, size: number): string {
  const random = new Random(seed);
  const lines: string[] = [];
  for (let length = 0; length < size; ) {
    const line = Array.from({ length: 6 + random.below(8) }, () => random.pick(WORDS)).join(' ');
    lines.push(line);
    length += line.length + 1;
  }
  return `${lines.join('\n')}\n`;
}
