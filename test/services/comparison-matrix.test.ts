import { expect, test, vi } from 'vitest';
import type { MatrixFilter } from '../../src-main/common/comparison-matrix.ts';
import { built } from '../support/compared.ts';
import { makeMultiPlatform } from '../support/images.ts';
import { type GuardedRegistry, startTestRegistry } from '../support/local-registry.ts';
import { push } from '../support/push.ts';
import { addAccount, testCore, whenOperation } from './support/core.ts';
import { ALL, IMAGES, linesOf, look, opened, registryWith } from './support/matrix.ts';

// On a busy machine threads and registries take a while to start.
vi.setConfig({ testTimeout: 60_000 });

const manifestRequests = ({ requests }: GuardedRegistry) =>
  requests.filter(({ path }) => path.includes('/manifests/')).map(({ method, path }) => `${method} ${path}`);

test('what is unknown costs lists and a HEAD for each tag and side, what is fresh nothing', async () => {
  const left = await registryWith({ 'app:1': 'one', 'app:2': 'one', 'app:3': 'one', 'tool:1': 'two' });
  const right = await registryWith({ 'app:1': 'one', 'app:2': 'two', 'app:4': 'one' });
  const { core, sides } = await opened([[left], [right]]);
  const found = await look(core, sides);
  expect(found.sides).toMatchObject([
    { state: 'done', tags: { done: 4, total: 4 } },
    { state: 'done', tags: { done: 3, total: 3 } },
  ]);
  expect(manifestRequests(left).sort()).toEqual([
    'HEAD /v2/app/manifests/1',
    'HEAD /v2/app/manifests/2',
    'HEAD /v2/app/manifests/3',
    'HEAD /v2/tool/manifests/1',
  ]);
  expect(manifestRequests(right)).toHaveLength(3);
  expect(await linesOf(core, sides)).toEqual([
    'app:1 same',
    'app:2 different',
    'app:3 onlyLeft',
    'app:4 onlyRight',
    'tool:1 onlyLeft',
  ]);
  for (const registry of [left, right]) registry.expectOnly();
  expect((await look(core, sides)).sides).toMatchObject([{ state: 'fresh' }, { state: 'fresh' }]);
  expect(await core.comparisonMatrix.counts(sides, '')).toMatchObject({
    rows: 5,
    sides: [
      { repositories: 2, whole: true },
      { repositories: 1, whole: true },
    ],
    pairs: [{ tags: { same: 1, different: 1, onlyLeft: 2, onlyRight: 1, unknown: 0 } }],
  });
});

test('a look says only that tags differ; which side is newer and which platforms differ is read for these alone', async () => {
  const of = (created: string) => built({ layers: [[{ name: 'at', content: created }]], created });
  const [older, newer] = [of('2024-01-02T03:04:05Z'), of('2025-01-02T03:04:05Z')];
  const index = await makeMultiPlatform();
  const [left, right] = await Promise.all([startTestRegistry(), startTestRegistry()]);
  await push(newer, left, 'app', '1');
  await push(older, right, 'app', '1');
  await push(index, left, 'app', '2');
  await push(older, right, 'app', '2');
  await push(IMAGES.one, left, 'app', 'same');
  await push(IMAGES.one, right, 'app', 'same');
  const { core, sides } = await opened([[left], [right]]);
  await look(core, sides);
  const { comparisonMatrix: matrix } = core;
  const differs: MatrixFilter = { ...ALL, states: ['different'] };
  const pairs = async () =>
    (await matrix.rows(sides, { filter: differs, offset: 0, limit: 10 })).items.map((row) => row.pairs[0]);
  expect(await pairs()).toEqual([
    { state: 'different', newer: 'unknown' },
    { state: 'different', newer: 'unknown' },
  ]);
  // Each digest once: one of the right side is at both tags.
  expect(await matrix.unread(sides, differs)).toEqual({ manifests: 3 });
  const reading = matrix.read(sides, differs);
  let step = await reading.next();
  while (!step.done) step = await reading.next();
  expect(step.value).toEqual({ manifests: { done: 3, total: 3 }, failed: 0 });
  expect(await matrix.unread(sides, differs)).toEqual({ manifests: 0 });
  expect(await pairs()).toMatchObject([
    { newer: 'left', platforms: { different: ['linux/amd64'] } },
    { platforms: { different: ['linux/amd64'], onlyLeft: ['linux/arm64/v8'] } },
  ]);
  // "Copy newer" is of those alone whose left side is the newer one.
  const plan = await matrix.planCopies(sides, { ...differs, newer: 'left' });
  expect(core.plans.items(plan.id, { offset: 0, limit: 10 }).items).toMatchObject([
    { target: { repository: 'app', tag: '1' } },
  ]);
  const gets = [left, right].flatMap(({ requests }) =>
    requests.filter(({ method, path }) => method === 'GET' && path.includes('/manifests/')),
  );
  expect(gets.some(({ path }) => path.endsWith(IMAGES.one.digest))).toBe(false);
  // What cannot be read costs itself only, and is told.
  await push(IMAGES.two, left, 'app', '3');
  await push(older, right, 'app', '3');
  await look(core, sides, 0);
  left.inject({ kind: 'status', status: 404, when: { path: new RegExp(IMAGES.two.digest) } });
  const again = matrix.read(sides, differs);
  step = await again.next();
  while (!step.done) step = await again.next();
  expect(step.value).toMatchObject({ failed: 1, firstFailure: { code: 'notFound' } });
});

test('a look that was stopped goes on where it was', async () => {
  // More that wait than are asked for at once: some are not asked for when it is stopped.
  const names = Array.from({ length: 40 }, (_, at) => [`app:a${at}`, `app:b${at}`]).flat();
  const left = await registryWith(Object.fromEntries(names.map((name) => [name, 'one' as const])));
  const right = await registryWith({ 'app:a1': 'one' });
  const { core, sides } = await opened([[left], [right]]);
  const stop = left.inject({
    when: { method: 'HEAD', path: /manifests\/b\d+$/ },
    kind: 'latency',
    ms: 600_000,
  });
  const looking = core.comparisonMatrix.look(sides);
  for await (const { sides: found } of looking) if ((found[0]?.tags.done ?? 0) >= 20) break;
  stop();
  const before = manifestRequests(left).length;
  expect(before).toBeLessThan(names.length);
  expect((await look(core, sides)).sides).toMatchObject([{ state: 'done' }, { state: 'fresh' }]);
  // What waited to be stored when it was stopped may be asked for again.
  expect(manifestRequests(left).length - before).toBeLessThan(names.length);
  expect((await core.comparisonMatrix.counts(sides, '')).pairs[0]?.tags).toMatchObject({
    onlyLeft: names.length - 1,
    same: 1,
  });
});

test('copying what is missing goes by the names of the other side; then both are the same', async () => {
  const left = await registryWith({ 'team/app:1': 'one', 'team/app:2': 'two', 'other:1': 'one' });
  const right = await registryWith({
    'mirror/team/app:1': 'two',
    'mirror/team/old:1': 'one',
    'apart:1': 'one',
  });
  const { core, sides } = await opened([
    [left, { namespace: 'team' }],
    [right, { rename: 'mirror/{repository}' }],
  ]);
  await look(core, sides);
  expect(await linesOf(core, sides)).toEqual([
    'team/app:1 different',
    'team/app:2 onlyLeft',
    'team/old:1 onlyRight',
  ]);
  const plan = await core.comparisonMatrix.planCopies(sides, { ...ALL, states: ['onlyLeft', 'different'] });
  expect(plan.items.by).toMatchObject({ new: 1, changed: 1 });
  const { operationId } = await core.plans.start(plan.id);
  await whenOperation(core, operationId, ({ status }) => status === 'done');
  await look(core, sides, 0);
  expect(await linesOf(core, sides)).toEqual(['team/app:1 same', 'team/app:2 same', 'team/old:1 onlyRight']);
  await expect(
    core.comparisonMatrix.planCopies(sides, { ...ALL, states: ['onlyRight'] }),
  ).rejects.toMatchObject({
    code: 'invalidInput',
  });
});

test('namespaces stand for each other: what is below them is compared', async () => {
  const left = await registryWith({ 'dev/app:1': 'one', 'dev/deep/tool:1': 'one', 'else:1': 'one' });
  const right = await registryWith({ 'prod/app:1': 'one', 'prod/more:1': 'two', 'dev/app:1': 'two' });
  const { core, sides } = await opened([
    [left, { namespace: 'dev' }],
    [right, { namespace: 'prod' }],
  ]);
  await look(core, sides);
  expect(await linesOf(core, sides)).toEqual([
    'dev/app:1 same',
    'dev/deep/tool:1 onlyLeft',
    'dev/more:1 onlyRight',
  ]);
  const plan = await core.comparisonMatrix.planCopies(sides, { ...ALL, states: ['onlyLeft'] });
  expect(core.plans.items(plan.id, { offset: 0, limit: 10 }).items).toMatchObject([
    { target: { repository: 'prod/deep/tool', tag: '1' } },
  ]);
});

test('two repositories of one registry, and more than two sides', async () => {
  const registry = await registryWith({ 'dev:1': 'one', 'dev:2': 'two', 'prod:1': 'one', 'stage:2': 'one' });
  const core = await testCore();
  const { id } = await addAccount(core, registry);
  const handle = await core.accounts.handle(id);
  const sides = ['dev', 'stage', 'prod'].map((repository) => ({
    repository,
    rename: '{repository}',
    registry: handle,
  }));
  expect((await look(core, sides)).sides.map(({ state }) => state)).toEqual(['done', 'done', 'done']);
  expect(await linesOf(core, sides)).toEqual(['dev:1 onlyLeft,same', 'dev:2 different,onlyLeft']);
});

test('a side that cannot be reached costs itself only: nothing of it is taken for absent', async () => {
  const left = await registryWith({ 'app:1': 'one' });
  const right = await registryWith({ 'app:1': 'one' });
  const { core, sides } = await opened([[left], [right]]);
  await right.close();
  const found = await look(core, sides);
  expect(found.sides).toMatchObject([
    { state: 'done' },
    { state: 'failed', failure: { code: 'connectionRefused' } },
  ]);
  expect(await linesOf(core, sides)).toEqual(['app:1 unknown']);
});

test('a saved comparison says what has changed since the last look', async () => {
  const left = await registryWith({ 'app:1': 'one', 'app:2': 'one' });
  const right = await registryWith({ 'app:1': 'one', 'app:2': 'one' });
  const { core, accounts } = await opened([[left], [right]]);
  const { comparisonMatrix: matrix } = core;
  const saved = matrix.save({
    name: 'dev and prod',
    definition: { sides: accounts.map((accountId) => ({ accountId, rename: '{repository}' })) },
    schedule: { hours: 1 },
  });
  expect(() => matrix.save({ ...saved, id: undefined, schedule: null })).toThrow(/name/);
  const first = await matrix.runSaved(saved.id);
  expect(first.lastRun).toMatchObject({ outcome: 'looked', pairs: [{ same: 2 }] });
  expect(first.lastRun?.drift).toBeUndefined();
  await push(IMAGES.two, right, 'app', '2');
  await push(IMAGES.two, right, 'app', '3');
  const second = await matrix.runSaved(saved.id, { maxAge: 0 });
  expect(second.lastRun).toMatchObject({ drift: { apart: 2, together: 0 } });
  expect(await matrix.drift({ id: saved.id, offset: 0, limit: 10 })).toEqual({
    total: 2,
    items: [
      { repository: 'app', tag: '2', before: ['same'], now: ['different'] },
      { repository: 'app', tag: '3', before: ['same'], now: ['onlyRight'] },
    ],
  });
  expect(matrix.saved()).toEqual([second]);
  matrix.removeSaved(saved.id);
  expect(matrix.saved()).toEqual([]);
});

test('a saved comparison of three sides says which of them drifted from the first', async () => {
  const registry = await registryWith({ 'dev:1': 'one', 'stage:1': 'one', 'prod:1': 'one', 'prod:2': 'two' });
  const core = await testCore();
  const { id: accountId } = await addAccount(core, registry);
  const { comparisonMatrix: matrix } = core;
  const { id } = matrix.save({
    name: 'stages',
    definition: {
      sides: ['dev', 'stage', 'prod'].map((repository) => ({
        ...{ accountId, repository, rename: '{repository}' },
      })),
    },
    schedule: null,
  });
  const first = await matrix.runSaved(id);
  expect(first.definition.sides.map(({ repository }) => repository)).toEqual(['dev', 'stage', 'prod']);
  expect(first.lastRun?.pairs).toMatchObject([
    { same: 1, onlyRight: 0 },
    { same: 1, onlyRight: 1 },
  ]);
  await push(IMAGES.two, registry, 'stage', '1');
  await push(IMAGES.two, registry, 'dev', '2');
  const second = await matrix.runSaved(id, { maxAge: 0 });
  expect(second.lastRun).toMatchObject({
    pairs: [
      { different: 1, onlyLeft: 1 },
      { same: 2, onlyRight: 0 },
    ],
    drift: { apart: 2, together: 0 },
  });
  expect(await matrix.drift({ id, offset: 0, limit: 10 })).toMatchObject({
    total: 2,
    items: [
      { tag: '1', before: ['same', 'same'], now: ['different', 'same'] },
      { tag: '2', now: ['onlyLeft', 'same'] },
    ],
  });
});
