import { expect, test } from 'vitest';
import {
  noCounts,
  passes,
  type RepositoryFilter,
  tally,
} from '../../../src-renderer/repositories/filters.ts';
import { sizedRows } from './rows.ts';

const NOW = Date.parse('2026-06-01T00:00:00Z');
const rows = sizedRows({
  fresh: { kinds: ['image', 'index'], newest: '2026-05-30T00:00:00Z' },
  stale: { kinds: ['image'], newest: '2026-03-02T00:00:00Z' },
  chart: { kinds: ['helmChart'], newest: '2020-01-01T00:00:00Z' },
  report: { kinds: ['artifact'] },
  emptied: { tags: 0, manifests: 0 },
  listed: { tags: 0, manifests: 0, complete: false },
  unseen: undefined,
});
const names = (...filters: RepositoryFilter[]) => rows.filter(passes(filters, NOW)).map(({ name }) => name);

test('kinds are alternatives, states are conditions', () => {
  expect(names('images')).toEqual(['fresh', 'stale']);
  expect(names('images', 'helm')).toEqual(['fresh', 'stale', 'chart']);
  expect(names('old')).toEqual(['stale', 'chart']);
  expect(names('images', 'old')).toEqual(['stale']);
});

test('what was pushed lately is not old, whenever its image was built', () => {
  const rebuilt = {
    kinds: ['image' as const],
    newest: '1970-01-01T00:00:00Z',
    pushed: '2026-05-30T00:00:00Z',
  };
  const moved = { kinds: ['image' as const], newest: '2026-05-30T00:00:00Z', pushed: '2026-02-01T00:00:00Z' };
  expect(sizedRows({ rebuilt, moved }).filter(passes(['old'], NOW))).toMatchObject([{ name: 'moved' }]);
});

test('without tags is what was read and has none; what was not read is not known', () => {
  expect(names('empty')).toEqual(['emptied']);
  expect(names('unknown')).toEqual(['listed', 'unseen']);
});

test('each filter says how many fit', () => {
  const counts = noCounts();
  for (const row of rows) tally(counts, row, NOW);
  expect(counts).toEqual({ images: 2, helm: 1, artifacts: 1, old: 2, empty: 1, unknown: 2 });
});
