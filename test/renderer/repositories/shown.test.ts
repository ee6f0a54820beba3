import { expect, test } from 'vitest';
import type { RepositoryStorage } from '../../../src-main/common/storage.ts';
import { Arrangement, type ShownOptions } from '../../../src-renderer/repositories/shown.ts';
import { isGroup } from '../../../src-renderer/repositories/tree.ts';
import { SlicedWork } from '../../../src-renderer/ui/slices.ts';
import { repositoryRows, storageOf } from './rows.ts';

const names = ['team/app9', 'team/app10', 'nginx'];
const list = { rows: repositoryRows(names), listing: 'complete', complete: true } as const;
const knownOf = (...rows: RepositoryStorage[]) => ({
  rows,
  of: new Map(rows.map((row) => [row.repository, row])),
  complete: true,
});
const options: ShownOptions = {
  list,
  known: knownOf(storageOf('team/app10', { uniqueBytes: 7, kinds: ['image'] })),
  filter: '',
  filters: [],
  sort: { column: 'name', descending: false },
  sizes: undefined,
  closed: undefined,
  now: Date.parse('2026-06-01T00:00:00Z'),
};
const shown = (changed: Partial<ShownOptions>, arrangement = new Arrangement()) =>
  new SlicedWork(arrangement.of({ ...options, ...changed })).finish();
const listed = (changed: Partial<ShownOptions>) =>
  shown(changed).listed.map((row) => (isGroup(row) ? row.label : row.name));

test('with what is known of each, filtered, sorted and arranged', () => {
  expect(shown({})).toMatchObject({ widest: 7, sized: 1, usable: 3, isWhole: true, looked: '' });
  expect(listed({})).toEqual(['nginx', 'team/app9', 'team/app10']);
  expect(listed({ closed: new Set() })).toEqual(['team/', 'team/app9', 'team/app10', 'nginx']);
  expect(listed({ closed: new Set(['team']) })).toEqual(['team/', 'nginx']);
  // What is looked for is shown in a closed namespace, too.
  expect(listed({ closed: new Set(['team']), filter: 'app9' })).toEqual(['team/', 'team/app9']);
  expect(shown({ filter: 'app', filters: ['images'] })).toMatchObject({
    shown: [{ name: 'team/app10' }],
    counts: { images: 1, unknown: 1 },
    isWhole: false,
    looked: 'app images',
  });
});

test('what did not change is not worked out again, and what was left half-way does no harm', () => {
  const arrangement = new Arrangement();
  const closed = new Set<string>();
  const before = shown({ closed }, arrangement);
  const again = shown({ closed: new Set(['team']) }, arrangement);
  expect(again.rows).toBe(before.rows);
  expect(again.shown).toBe(before.shown);
  // A page that is opened again asks with sets of its own, a moment later.
  const opened = shown({ closed: new Set(['team']), now: options.now + 1_000 }, arrangement);
  expect(opened.tree).toBe(again.tree);
  expect(opened.shown).toBe(again.shown);
  arrangement.of({ ...options, filter: 'nginx' }).next();
  expect(shown({ closed }, arrangement).listed).toEqual(before.listed);
});
