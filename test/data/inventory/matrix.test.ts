import { describe, expect, test, vi } from 'vitest';
import type { MatrixFilter, PairState } from '../../../src-main/common/comparison-matrix.ts';
import { renamed } from '../../../src-main/common/rename.ts';
import type { Inventory } from '../../../src-main/data/index.ts';
import { emptyInventory, imageFacts } from '../../support/inventory.ts';

vi.setConfig({ testTimeout: 60_000 });

const ALL: MatrixFilter = { other: 1, states: [], text: '' };
const STAMP = 1_000;

/** Numbers that look random and are the same each time. */
function randomFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** What registries hold: tags with their digests by repository; null: named only. */
type Content = Map<string, Map<string, string | null>>;

async function fill(
  inventory: Inventory,
  registry: string,
  content: Content,
  scanned = STAMP,
): Promise<void> {
  await inventory.repositories(registry, [...content.keys()], scanned);
  for (const [repository, tags] of content) {
    const names = [...tags].map(([name, digest]) => ({ name, ...(digest === null ? {} : { digest }) }));
    await inventory.tags(registry, repository, names, scanned);
    await inventory.scanned('none', registry, repository, scanned);
  }
  await inventory.endRepositories(registry, scanned);
}

const sideOf = (
  registry: string,
  more: { rename?: string; repository?: string; namespace?: string } = {},
) => ({
  registry,
  rename: '{repository}',
  whole: true,
  ...more,
});

/** `repository:tag state…` of all rows, read in pages of a few. */
async function rowsOf(
  inventory: Inventory,
  sides: ReturnType<typeof sideOf>[],
  filter: MatrixFilter = ALL,
  limit = 40,
): Promise<string[]> {
  const found: string[] = [];
  for (;;) {
    const { items } = await inventory.ask('matrixRows', { sides, filter, offset: found.length, limit });
    for (const { repository, tag, pairs } of items)
      found.push(`${repository}:${tag} ${pairs.map(({ state }) => state).join(' ')}`);
    if (items.length < limit) return found;
  }
}

describe.each([1, 2, 3])('random registries (%i)', (seed) => {
  const random = randomFrom(seed);
  const templates = ['{repository}', 'mirror/{repository}', '{namespace}/x-{name}'];
  const template = templates[seed % templates.length] ?? '';

  function content(rename: string): Content {
    const made: Content = new Map();
    for (let at = 0; at < 12; at++) {
      if (random(4) === 0) continue;
      const tags = new Map<string, string | null>();
      for (let tag = 0; tag < random(40); tag++)
        tags.set(`v${random(50)}`, random(12) === 0 ? null : `sha256:${random(3)}`);
      made.set(renamed(`team${at % 3}/app${at}`, rename), tags);
    }
    return made;
  }

  test('rows and counts are those of a model that holds all in memory', async () => {
    const [left, right, third] = [content('{repository}'), content(template), content('{repository}')];
    const inventory = await emptyInventory();
    await fill(inventory, 'a', left);
    await fill(inventory, 'b', right);
    await fill(inventory, 'c', third);
    const sides = [sideOf('a'), sideOf('b', { rename: template }), sideOf('c')];
    const others = [right, third];
    const nameAt = (key: string, at: number) => (at === 0 ? renamed(key, template) : key);

    const keys = Array.from({ length: 12 }, (_, at) => `team${at % 3}/app${at}`).sort();
    const expected: { name: string; states: (PairState | null)[] }[] = [];
    for (const key of keys) {
      const lists = [left.get(key), ...others.map((other, at) => other.get(nameAt(key, at)))];
      const tags = new Set(lists.flatMap((list) => [...(list?.keys() ?? [])]));
      for (const tag of [...tags].sort()) {
        const states = lists.slice(1).map((list): PairState | null => {
          const [one, two] = [lists[0]?.get(tag), list?.get(tag)];
          if (one === undefined) return two === undefined ? null : 'onlyRight';
          if (two === undefined) return 'onlyLeft';
          if (one === null || two === null) return 'unknown';
          return one === two ? 'same' : 'different';
        });
        expected.push({ name: `${key}:${tag}`, states });
      }
    }
    const line = ({ name, states }: (typeof expected)[number]) => `${name} ${states.join(' ')}`;
    expect(await rowsOf(inventory, sides)).toEqual(expected.map(line));
    for (const other of [1, 2])
      for (const state of ['same', 'different', 'onlyLeft', 'onlyRight', 'unknown'] as const)
        expect(await rowsOf(inventory, sides, { other, states: [state], text: '' })).toEqual(
          expected.filter(({ states }) => states[other - 1] === state).map(line),
        );
    const text = 'APP1:V1';
    expect(await rowsOf(inventory, sides, { ...ALL, text })).toEqual(
      expected.filter(({ name }) => name.includes('app1:v1')).map(line),
    );
    const counts = await inventory.ask('matrixCounts', { sides, text: '' });
    expect(counts.rows).toBe(expected.length);
    for (const [at, { tags }] of counts.pairs.entries())
      for (const [state, count] of Object.entries(tags))
        expect([state, count]).toEqual([state, expected.filter(({ states }) => states[at] === state).length]);
  });
});

test('a page far down is the same whether it was come to or jumped to', async () => {
  const inventory = await emptyInventory();
  const tags = (from: number) =>
    new Map(Array.from({ length: 2_600 }, (_, at) => [`v${from + at}`, `sha256:${(from + at) % 5}`]));
  await fill(inventory, 'a', new Map([['app', tags(0)]]));
  await fill(inventory, 'b', new Map([['app', tags(500)]]));
  const sides = [sideOf('a', { repository: 'app' }), sideOf('b', { repository: 'app' })];
  const whole = await inventory.ask('matrixRows', { sides, filter: ALL, offset: 0, limit: 10_000 });
  expect(whole.items).toHaveLength(3_100);
  for (const offset of [2_990, 1_000, 999, 2_000, 3_099]) {
    const { items } = await inventory.ask('matrixRows', { sides, filter: ALL, offset, limit: 20 });
    expect(items).toEqual(whole.items.slice(offset, offset + 20));
  }
});

test('what was not looked at is unknown and never absent', async () => {
  const inventory = await emptyInventory();
  await fill(
    inventory,
    'a',
    new Map([
      ['app', new Map([['1', 'sha256:1']])],
      ['tool', new Map([['1', 'sha256:1']])],
    ]),
  );
  // Browsed only: there may be more tags, and its other repositories were not listed.
  await inventory.tags('b', 'app', [{ name: '2', digest: 'sha256:2' }], STAMP);
  const sides = [sideOf('a'), { ...sideOf('b'), whole: false }];
  expect(await rowsOf(inventory, sides)).toEqual(['app:1 unknown', 'app:2 onlyRight', 'tool:1 unknown']);
  expect(await inventory.ask('matrixCounts', { sides, text: '' })).toMatchObject({
    sides: [
      { repositories: 2, unlisted: 0, whole: true },
      { repositories: 1, unlisted: 1, whole: false },
    ],
  });
  // A digest from before the last whole look: asking for it failed then.
  await fill(inventory, 'b', new Map([['app', new Map([['1', null]])]]), STAMP);
  await inventory.tags('b', 'app', [{ name: '1', digest: 'sha256:1' }], STAMP);
  expect(await rowsOf(inventory, sides)).toContain('app:1 same');
  await fill(inventory, 'b', new Map([['app', new Map([['1', null]])]]), STAMP + 5);
  expect(await rowsOf(inventory, sides)).toContain('app:1 unknown');
});

test('which one is newer goes by when it was made; bytes are those that the other registry lacks', async () => {
  const inventory = await emptyInventory();
  const image = (digest: string, created: string, layers: Record<string, number>) => ({
    ...imageFacts(digest, layers),
    created,
  });
  await fill(
    inventory,
    'a',
    new Map([
      [
        'app',
        new Map([
          ['1', 'sha256:1'],
          ['2', 'sha256:2'],
          ['3', 'sha256:1'],
          ['old', 'sha256:0'],
        ]),
      ],
    ]),
  );
  await fill(
    inventory,
    'b',
    new Map([
      [
        'app',
        new Map([
          ['1', 'sha256:2'],
          ['2', 'sha256:1'],
          ['old', 'sha256:1'],
        ]),
      ],
    ]),
  );
  const [one, two] = [
    image('sha256:1', '2026-01-01T00:00:00Z', { 'sha256:base': 1_000, 'sha256:one': 10 }),
    image('sha256:2', '2026-02-01T00:00:00Z', { 'sha256:base': 1_000, 'sha256:two': 200 }),
  ];
  await inventory.manifests('a', 'app', [one, two, image('sha256:0', '1970-01-01T00:00:00Z', {})], STAMP);
  const sides = [sideOf('a'), sideOf('b')];
  const { items } = await inventory.ask('matrixRows', { sides, filter: ALL, offset: 0, limit: 10 });
  expect(items.map(({ tag, pairs }) => [tag, pairs[0]?.state, pairs[0]?.newer])).toEqual([
    ['1', 'different', 'right'],
    ['2', 'different', 'left'],
    ['3', 'onlyLeft', undefined],
    ['old', 'different', 'unknown'],
  ]);
  expect(items[0]?.pairs[0]?.platforms).toEqual({
    same: [],
    different: ['linux/amd64'],
    onlyLeft: [],
    onlyRight: [],
  });
  const newer: MatrixFilter = { other: 1, states: ['different'], newer: 'left', text: '' };
  expect(await rowsOf(inventory, sides, newer)).toEqual(['app:2 different']);
  const empty = [sideOf('a'), sideOf('nothing')];
  expect(await inventory.ask('matrixBytes', { sides: empty, filter: ALL })).toEqual({
    bytes: 3 * 7 + 1_000 + 10 + 200,
    manifests: 3,
    unread: 0,
  });
  expect(await inventory.ask('matrixBytes', { sides, filter: ALL })).toMatchObject({
    bytes: 7,
    manifests: 1,
  });
});

test('drift is what has changed between two looks; what is not known has not changed', async () => {
  const inventory = await emptyInventory();
  const tags = (...digests: (string | null)[]) =>
    new Map([['app', new Map(digests.map((digest, at) => [`v${at}`, digest && `sha256:${digest}`]))]]);
  await fill(inventory, 'a', tags('1', '1', '1', '1', '1', null));
  await fill(inventory, 'b', tags('1', '2', '1', '1', '1', '1'));
  const look = async (at: number) =>
    await inventory.keepLook({ id: 'x', sides: [sideOf('a'), sideOf('b')], at });
  const drifted = async () => {
    const { items, total } = await inventory.ask('matrixDrift', { id: 'x', offset: 0, limit: 10 });
    expect(items).toHaveLength(total);
    return items.map(({ tag, before, now }) => `${tag} ${before.join()} ${now.join()}`);
  };
  expect(await look(1)).toEqual({
    pairs: [{ same: 4, different: 1, onlyLeft: 0, onlyRight: 0, unknown: 1 }],
  });
  expect(await drifted()).toEqual([]);
  // One more differs, one is alike again, one is not known for once, and what was not known turns out to differ.
  await fill(inventory, 'b', tags('9', '1', null, '1', '1', '1'), STAMP + 1);
  await fill(inventory, 'a', tags('1', '1', '1', '1', '1', '2'), STAMP + 1);
  expect(await look(2)).toMatchObject({ drift: { apart: 1, together: 1 } });
  expect(await drifted()).toEqual(['v0 same different', 'v1 different same']);
  expect(await look(3)).toMatchObject({ drift: { apart: 0, together: 0 } });
  expect(await drifted()).toEqual([]);
  await fill(inventory, 'b', tags('9', '1', '7'), STAMP + 2);
  await inventory.removeTags('b', 'app', ['v3']);
  expect(await look(4)).toMatchObject({ drift: { apart: 2, together: 0 } });
  expect(await drifted()).toEqual(['v2 same different', 'v3 same onlyLeft']);
  // Something else is compared under this name.
  const { drift } = await inventory.keepLook({ id: 'x', sides: [sideOf('a'), sideOf('c')], at: 5 });
  expect(drift).toBeUndefined();
  expect(await drifted()).toEqual([]);
});
