import { setImmediate as turn } from 'node:timers/promises';

/**
 * Rows of the database, read some at a time by the key of the last one; between two pages others get a turn on the event loop.
 *
 * @param start a key before the first one
 */
export async function* inPages<Row, Key>(
  start: Key,
  read: (after: Key) => Row[],
  keyOf: (row: Row) => Key,
): AsyncGenerator<Row[], void, void> {
  for (let after = start; ; ) {
    const page = read(after);
    const last = page.at(-1);
    if (last === undefined) return;
    yield page;
    after = keyOf(last);
    await turn();
  }
}
