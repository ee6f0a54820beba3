import { expect, test } from 'vitest';
import { RepositoryCollector } from '../../../src-renderer/repositories/rows.ts';
import { TagCollector } from '../../../src-renderer/tags/tag-rows.ts';

const SEEN = '2026-01-01T00:00:00.000Z';

test('rows that are known stay until the registry lists them or has listed all', () => {
  const tags = new TagCollector();
  const names = () => tags.snapshot().rows.map(({ name }) => name);
  tags.add({ tags: ['1', '2', 'gone'], count: 3, done: false, seen: SEEN });
  expect(tags.snapshot()).toMatchObject({ complete: false, seen: SEEN });
  expect(names()).toEqual(['1', '2', 'gone']);
  tags.add({ tags: ['3', '2'], count: 2, done: false });
  expect(names()).toEqual(['3', '2', '1', 'gone']);
  expect(tags.snapshot().seen).toBe(SEEN);
  tags.add({ tags: ['1'], count: 3, done: true });
  expect(names()).toEqual(['3', '2', '1']);
  expect(tags.snapshot()).toMatchObject({ complete: true });
  expect(tags.snapshot()).not.toHaveProperty('seen');
});

test('the same of repositories; the oldest age counts', () => {
  const list = new RepositoryCollector();
  const page = (names: readonly string[], more: object) => ({
    repositories: names.map((name) => ({ name, addedByName: false })),
    count: names.length,
    done: false,
    listing: 'complete' as const,
    ...more,
  });
  list.add(page(['b'], { seen: SEEN }));
  list.add(page(['a'], { seen: '2025-01-01T00:00:00.000Z' }));
  expect(list.snapshot()).toMatchObject({ seen: '2025-01-01T00:00:00.000Z', complete: false });
  list.add(page(['c'], { done: true }));
  expect(list.snapshot().rows.map(({ name }) => name)).toEqual(['c']);
});
