import { expect, test } from 'vitest';
import { comparers, type SortableColumn } from '../../../src-renderer/repositories/order.ts';
import type { SizedRow } from '../../../src-renderer/repositories/sized-rows.ts';
import { isGroup, type RepositoryTree, Trees } from '../../../src-renderer/repositories/tree.ts';
import { SlicedWork } from '../../../src-renderer/ui/slices.ts';
import { sizedRows } from './rows.ts';

const ALL_OPEN: ReadonlySet<string> = new Set();

interface Arranged {
  column?: SortableColumn;
  descending?: boolean;
  closed?: readonly string[];
  sizes?: ReadonlyMap<string, number>;
  trees?: Trees;
}

function arrange(rows: readonly SizedRow[], options: Arranged = {}): RepositoryTree {
  const { column = 'name', descending = false, closed, sizes, trees = new Trees() } = options;
  const sorted = rows.toSorted((a, b) => comparers[column](a, b, descending));
  const steps = trees.arrange(sorted, {
    sizes,
    sort: { column, descending },
    closed: closed ? new Set(closed) : ALL_OPEN,
  });
  return new SlicedWork(steps).finish();
}

/** Namespaces and names, each moved in by its level. */
const drawn = ({ rows, level }: RepositoryTree) =>
  rows.map((row) => `${'  '.repeat(level(row) - 1)}${isGroup(row) ? row.label : row.name}`);

const some = sizedRows({
  nginx: { uniqueBytes: 50 },
  'team/app10': { uniqueBytes: 10, tags: 3, images: 2, newest: '2024-01-01T00:00:00Z' },
  'team/app9': { uniqueBytes: 30, tags: 2, images: 1, newest: '2025-01-01T00:00:00Z' },
  'team/web/front': { uniqueBytes: 5 },
  'deep/in/it/app': { uniqueBytes: 20 },
  'other/app': undefined,
});

test('namespaces come first, in natural order; one that holds nothing but another is one with it', () => {
  expect(drawn(arrange(some))).toEqual([
    'deep/in/it/',
    '  deep/in/it/app',
    'other/',
    '  other/app',
    'team/',
    '  web/',
    '    team/web/front',
    '  team/app9',
    '  team/app10',
    'nginx',
  ]);
  expect(drawn(arrange(some, { descending: true })).filter((line) => !line.startsWith(' '))).toEqual([
    'team/',
    'other/',
    'deep/in/it/',
    'nginx',
  ]);
});

test('a closed namespace is shown without what is in it, however deep', () => {
  expect(drawn(arrange(some, { closed: ['team', 'deep/in/it'] }))).toEqual([
    'deep/in/it/',
    'other/',
    '  other/app',
    'team/',
    'nginx',
  ]);
});

test('namespaces are sorted by what they hold together, among repositories beside them; what is not known is last', () => {
  const sizes = new Map([['team', 40]]);
  expect(drawn(arrange(some, { column: 'size', descending: true, sizes }))).toEqual([
    'nginx',
    'team/',
    '  team/app9',
    '  team/app10',
    '  web/',
    '    team/web/front',
    'deep/in/it/',
    '  deep/in/it/app',
    'other/',
    '  other/app',
  ]);
  expect(drawn(arrange(some, { column: 'newest', descending: true }))[0]).toBe('team/');
  expect(drawn(arrange(some, { column: 'images', descending: true }))[0]).toBe('team/');
});

test('a namespace sums up its repositories; its bytes are known to the main side only', () => {
  const groupOf = (tree: RepositoryTree, namespace: string) =>
    tree.rows.find((row) => isGroup(row) && row.namespace === namespace);
  const sizes = new Map([
    ['team', 41],
    ['other', 0],
  ]);
  const tree = arrange(some, { sizes });
  expect(groupOf(tree, 'team')).toMatchObject({
    repositories: 3,
    tags: 6,
    images: 3,
    bytes: 41,
    last: expect.objectContaining({ repository: 'team/app9' }),
    isPart: false,
  });
  expect(groupOf(tree, 'other')).toMatchObject({
    tags: undefined,
    images: undefined,
    bytes: undefined,
    isPart: true,
  });
  expect(groupOf(arrange(some), 'team')).toMatchObject({ bytes: undefined });
});

test('a namespace of which nothing changed is the same row', () => {
  const trees = new Trees();
  const first = arrange(some, { trees });
  const again = arrange(some, { trees, column: 'size' });
  const rowOf = ({ rows }: RepositoryTree) => rows.find((row) => isGroup(row) && row.namespace === 'team');
  expect(rowOf(again)).toBe(rowOf(first));
  const more = arrange([...some, ...sizedRows({ 'team/new': {} })], { trees });
  expect(rowOf(more)).not.toBe(rowOf(first));
});

test('50,000 repositories are arranged, not in the square of their number', () => {
  const rows = sizedRows(
    Object.fromEntries(
      Array.from({ length: 50_000 }, (_, index) => [
        `team-${index % 500}/app-${index}`,
        { uniqueBytes: index },
      ]),
    ),
  );
  const begun = performance.now();
  expect(arrange(rows, { column: 'size', descending: true }).rows).toHaveLength(50_500);
  expect(performance.now() - begun).toBeLessThan(10_000);
});
