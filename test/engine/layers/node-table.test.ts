import { expect, test } from 'vitest';
import { NodeTable } from '../../../src-main/engine/layers/node-table.ts';

test('each node is found at every moment, also while the table is moved to a larger one', () => {
  const table = new NodeTable(16);
  // Few hashes, so that many nodes share one.
  const hashOf = (node: number) => Math.imul(node % 4_001, 0x9e3779b1) >>> 0;
  const find = (node: number) => table.find(hashOf(node), (one) => one === node);
  const wrong: number[] = [];
  for (let node = 1; node <= 10_000; node++) {
    if (find(node) !== undefined) wrong.push(node);
    table.put(hashOf(node));
    for (const earlier of [1, node >> 1, node - 1, node])
      if (earlier > 0 && find(earlier) !== earlier) wrong.push(earlier);
  }
  expect(wrong).toEqual([]);
  expect(
    Array.from({ length: 10_000 }, (_, at) => find(at + 1) ?? 0).every((node, at) => node === at + 1),
  ).toBe(true);
});
