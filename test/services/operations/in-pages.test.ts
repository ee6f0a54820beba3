import { expect, test } from 'vitest';
import { inPages } from '../../../src-main/services/operations/in-pages.ts';

test('rows are read by the key of the last one, and others get a turn on the event loop between two pages', async () => {
  const rows = Array.from({ length: 10 }, (_, key) => ({ key }));
  const asked: number[] = [];
  const seen: string[] = [];
  setImmediate(() => seen.push('another'));
  const pages = inPages(
    -1,
    (after: number) => {
      asked.push(after);
      return rows.filter(({ key }) => key > after).slice(0, 4);
    },
    ({ key }) => key,
  );
  for await (const page of pages) seen.push(page.map(({ key }) => key).join());
  expect(asked).toEqual([-1, 3, 7, 9]);
  expect(seen).toEqual(['0,1,2,3', 'another', '4,5,6,7', '8,9']);
});
