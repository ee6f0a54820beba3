import { QueryClient } from '@tanstack/react-query';
import { expect, test } from 'vitest';
import { firstRows } from '../../../src-renderer/lists/first-rows.ts';

const client = () => new QueryClient({ defaultOptions: { queries: { retry: false } } });
const never = () => new Promise<string>(() => {});

test('what has rows, or asks for none, is not waited for', async () => {
  const queries = client();
  queries.setQueryData(['a'], 'rows');
  const began = performance.now();
  await firstRows(queries, [['a'], ['nobody asked']]);
  expect(performance.now() - began).toBeLessThan(50);
});

test('each is waited for until it shows its first rows, though more are on their way', async () => {
  const queries = client();
  for (const key of ['a', 'b']) void queries.prefetchQuery({ queryKey: [key], queryFn: never });
  let isThere = false;
  const waiting = firstRows(queries, [['a'], ['b']]).then(() => {
    isThere = true;
  });
  queries.setQueryData(['a'], 'first rows');
  await new Promise((resolve) => setTimeout(resolve));
  expect(isThere).toBe(false);
  queries.setQueryData(['b'], 'first rows');
  await waiting;
});

test('neither a failure nor a registry that is slow holds up the page', async () => {
  const queries = client();
  void queries.prefetchQuery({ queryKey: ['failed'], queryFn: () => Promise.reject(new Error('no')) });
  await firstRows(queries, [['failed']]);
  void queries.prefetchQuery({ queryKey: ['slow'], queryFn: never });
  await firstRows(queries, [['slow']]);
});
