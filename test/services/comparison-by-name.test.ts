import { expect, test, vi } from 'vitest';
import type { GuardedRegistry } from '../support/local-registry.ts';
import { push } from '../support/push.ts';
import { IMAGES, linesOf, look, opened, registryWith } from './support/matrix.ts';

// On a busy machine threads and registries take a while to start.
vi.setConfig({ testTimeout: 60_000 });

/** As registries do that give no list of their repositories. */
function refuseList(registry: GuardedRegistry, status = 403): GuardedRegistry {
  registry.inject({ kind: 'status', status, when: { path: /_catalog/ } });
  return registry;
}

const asked = ({ requests }: GuardedRegistry) =>
  requests.map(({ path }) => path.replace(/\?.*$/, '')).filter((path) => path.endsWith('/tags/list'));

test('a registry that gives no list is asked by the names that the other side has; the rest stays unknown', async () => {
  const left = await registryWith({ 'team/app:1': 'one', 'team/app:2': 'two', 'team/tool:1': 'one' });
  const right = refuseList(await registryWith({ 'copy/team/app:1': 'one', 'hidden:1': 'one' }));
  const { core, sides } = await opened([[left], [right, { rename: 'copy/{repository}' }]]);
  expect((await look(core, sides)).sides).toMatchObject([
    { state: 'done' },
    { state: 'done', repositories: { done: 2, total: 2 }, unread: 0 },
  ]);
  expect(asked(right).sort()).toEqual(['/v2/copy/team/app/tags/list', '/v2/copy/team/tool/tags/list']);
  expect(await linesOf(core, sides)).toEqual([
    'team/app:1 same',
    'team/app:2 onlyLeft',
    'team/tool:1 onlyLeft',
  ]);
  expect((await core.comparisonMatrix.counts(sides, '')).sides).toMatchObject([
    { whole: true, repositories: 2 },
    { whole: false, repositories: 1 },
  ]);

  // What was asked lately is not asked again; what is new at the other side is.
  right.clearRequests();
  expect((await look(core, sides)).sides[1]).toMatchObject({ state: 'fresh' });
  expect(right.requests).toEqual([]);
  await push(IMAGES.one, left, 'team/new', '1');
  const third = await look(
    core,
    [...sides].reverse().map((side) => ({ ...side, rename: '{repository}' })),
  );
  expect(third.sides[0]).toMatchObject({ state: 'done' });
  expect(asked(right)).toContain('/v2/team/app/tags/list');
});

test('a repository that is refused stays unknown, costs itself only and is told; it is not taken for absent', async () => {
  const left = await registryWith({ 'app:1': 'one', 'secret:1': 'one' });
  const right = refuseList(await registryWith({ 'app:1': 'one' }));
  for (const status of [401, 403]) {
    const stop = right.inject({ kind: 'status', status, when: { path: /secret/ } });
    const { core, sides } = await opened([[left], [right]]);
    expect((await look(core, sides)).sides[1]).toMatchObject({
      state: 'done',
      unread: 1,
      firstUnread: { code: status === 401 ? 'unauthorized' : 'denied' },
    });
    expect(await linesOf(core, sides)).toEqual(['app:1 same', 'secret:1 unknown']);
    stop();
  }
});

test('where no side gives a list, each is asked for what is known of the others', async () => {
  const left = refuseList(await registryWith({ 'app:1': 'one', 'both:1': 'one' }), 404);
  const right = refuseList(await registryWith({ 'both:1': 'two', 'tool:1': 'one' }), 401);
  const { core, sides } = await opened([[left], [right]]);
  // Nobody has named anything: that is what is said.
  expect((await look(core, sides)).sides).toMatchObject([
    { state: 'failed', failure: { code: 'notFound' } },
    { state: 'failed', failure: { code: 'unauthorized' } },
  ]);
  const named = [['app', 'both'], ['tool']] as const;
  for (const [at, repositories] of named.entries()) {
    const side = sides[at];
    if (side) sides[at] = { ...side, registry: { ...side.registry, repositories } };
  }
  expect((await look(core, sides)).sides).toMatchObject([{ state: 'done' }, { state: 'done' }]);
  expect(await linesOf(core, sides)).toEqual(['app:1 onlyLeft', 'both:1 different', 'tool:1 onlyRight']);
});

test('several sides of the same two registries do not wait for each other for ever', async () => {
  const one = refuseList(await registryWith({ 'a/app:1': 'one', 'b/app:1': 'two' }));
  const two = refuseList(await registryWith({ 'a/app:1': 'one', 'b/app:1': 'two' }));
  const { core, sides: pair } = await opened([
    [one, { namespace: 'a' }],
    [two, { namespace: 'a' }],
  ]);
  const sides = pair.flatMap((side) => [
    { ...side, registry: { ...side.registry, repositories: ['a/app'] } },
    { ...side, namespace: 'b' },
  ]);
  expect((await look(core, sides)).sides.map(({ state }) => state)).toEqual(['done', 'done', 'done', 'done']);
  expect(await linesOf(core, sides)).toEqual(['a/app:1 different,same,different']);
});
