/** Less than 0 where the first comes before the second; undefined where one of them is no version of the ecosystem. */
export type VersionOrder = (one: string, other: string) => number | undefined;

/** Runs of digits, of any length, by what they count. */
export function compareDigits(one: string, other: string): number {
  const [a, b] = [one.replace(/^0+(?=\d)/, ''), other.replace(/^0+(?=\d)/, '')];
  return a.length - b.length || compareText(a, b);
}

export function compareText(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

/** `[epoch:]version[-release]` */
interface Packaged {
  epoch: string | undefined;
  version: string;
  release: string | undefined;
}

/** What packages of distributions are called; the release is what follows the last hyphen. */
function packaged(text: string): Packaged {
  const [, epoch, rest = ''] = /^(?:(\d+):)?(.*)$/s.exec(text) ?? [];
  const at = rest.lastIndexOf('-');
  return at < 0
    ? { epoch, version: rest, release: undefined }
    : { epoch, version: rest.slice(0, at), release: rest.slice(at + 1) };
}

/** By epoch, version and release; what only one of them states does not count, as a person asks for `3.0.15`. */
export function comparePackaged(
  one: string,
  other: string,
  compare: (one: string, other: string) => number,
): number {
  const [a, b] = [packaged(one), packaged(other)];
  const stated = (first: string | undefined, second: string | undefined, by: typeof compare) =>
    first === undefined || second === undefined ? 0 : by(first, second);
  return (
    stated(a.epoch, b.epoch, compareDigits) ||
    compare(a.version, b.version) ||
    stated(a.release, b.release, compare)
  );
}
