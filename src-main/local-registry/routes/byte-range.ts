/**
 * Reads a `Range` header against a size.
 *
 * @returns the first byte and the number of bytes; `whole` where the header is to be ignored (absent, another unit,
 *   several ranges, malformed); `unsatisfiable` where it holds no byte of the blob.
 * @see RFC 9110, section 14.2
 */
export function byteRange(
  header: string | undefined,
  size: number,
): { start: number; length: number } | 'whole' | 'unsatisfiable' {
  const match = /^bytes=(\d*)-(\d*)$/i.exec(header?.trim() ?? '');
  const [, first = '', last = ''] = match ?? [];
  if (first === '' && last === '') return 'whole';
  if (first === '') {
    const length = Math.min(Number(last), size);
    return length === 0 ? 'unsatisfiable' : { start: size - length, length };
  }
  const start = Number(first);
  const end = last === '' ? size - 1 : Math.min(Number(last), size - 1);
  return start >= size || end < start ? 'unsatisfiable' : { start, length: end - start + 1 };
}
