/** Characters of the end that stay: a short hash, a version, `-amd64`. */
const TAIL = 8;

/** Where a text is parted: what is before may be cut off at its end, what follows stays. Never within a character. */
export function cutPoint(text: string): number {
  const at = Math.max(Math.ceil(text.length / 2), text.length - TAIL);
  return isLowSurrogate(text.charCodeAt(at)) ? at - 1 : at;
}

const isLowSurrogate = (unit: number) => unit >= 0xdc00 && unit <= 0xdfff;
