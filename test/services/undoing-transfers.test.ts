import { describe, expect, test, vi } from 'vitest';
import { makeArtifact, makeImage, makeMultiPlatform, sha256 } from '../support/images.ts';
import { type GuardedRegistry, startTestRegistry } from '../support/local-registry.ts';
import { startOddRegistry } from '../support/odd-registry.ts';
import { plainRequest, push } from '../support/push.ts';
import { temporaryFolder } from '../support/temporary.ts';
import { addAccount, testCore } from './support/core.ts';
import { everything, planCopy, planSync, startUndo } from './support/plans.ts';
import { startProgram } from './support/program.ts';

// Some kill processes of their own: on a busy machine that takes a while to start.
vi.setConfig({ testTimeout: 300_000 });

/** Tags of some repositories with the digests they point at, of bytes that are what the digest says. */
type State = Record<string, Record<string, string>>;

async function stateOf(registry: { url: string }, repositories: readonly string[]): Promise<State> {
  const state: State = {};
  for (const repository of repositories) {
    const list = await plainRequest(registry, `/v2/${repository}/tags/list`);
    const { tags } = list.status === 200 ? JSON.parse(list.body.toString()) : { tags: [] };
    const known: Record<string, string> = {};
    for (const tag of [...(tags ?? [])].sort()) {
      const reply = await plainRequest(registry, `/v2/${repository}/manifests/${tag}`);
      known[tag] = sha256(reply.body);
    }
    state[repository] = known;
  }
  return state;
}

async function setUp() {
  const [source, target] = [await startTestRegistry(), await startTestRegistry()];
  const core = await testCore();
  const [one, two] = [await addAccount(core, source), await addAccount(core, target)];
  return {
    core,
    source,
    target,
    from: await core.accounts.handle(one.id),
    to: await core.accounts.handle(two.id),
  };
}

const REPOSITORIES = ['team/app', 'team/web', 'tools/cli'];

/** Three repositories in which a synchronisation moves, adds and leaves tags. */
async function fill(source: GuardedRegistry, target: GuardedRegistry): Promise<void> {
  const [index, old] = [await makeMultiPlatform(), await makeImage({ name: 'old' })];
  const fresh = await makeImage({ name: 'fresh' });
  for (const repository of REPOSITORIES) {
    await push(fresh, source, repository, 'latest');
    await push(fresh, source, repository, 'new');
    await push(old, source, repository, 'same');
    await push(index, target, repository, 'latest');
    await push(old, target, repository, 'same');
    await push(index, target, repository, 'own');
  }
}

test('a retag is undone: a moved tag points at what it pointed at, a new one is gone, its manifest stays', async () => {
  const { core, target, to } = await setUp();
  const [one, two] = [await makeImage({ name: 'one' }), await makeMultiPlatform()];
  await push(one, target, 'team/app', '1');
  await push(two, target, 'team/app', 'latest');
  const before = await stateOf(target, ['team/app']);
  const place = { registry: to, repository: 'team/app' };
  for (const tag of ['latest', 'stable']) {
    const plan = await planCopy(core, { ...place, reference: '1' }, { ...place, tag });
    const { operationId } = await core.plans.start(plan.id);
    expect(await core.operations.finished(operationId)).toMatchObject({
      status: 'done',
      actions: { undo: true },
    });
    const back = await core.plans.planUndo(operationId);
    expect(back).toMatchObject({ kind: 'restore', undoes: operationId, needsConsent: false });
    expect(core.plans.items(back.id, { offset: 0, limit: 10 }).items).toMatchObject([
      tag === 'latest'
        ? { state: 'restore', tags: [tag], digest: two.digest, leaves: one.digest }
        : { state: 'remove', tags: [tag], digest: null, leaves: one.digest },
    ]);
    const undo = await core.plans.start(back.id);
    expect(await core.operations.finished(undo.operationId)).toMatchObject({ status: 'done' });
    expect(await stateOf(target, ['team/app'])).toEqual(before);
    expect(core.operations.get(operationId).actions.undo).toBe(false);
    await expect(core.plans.planUndo(operationId)).rejects.toMatchObject({ code: 'unsupported' });
  }
});

test('an overwriting copy is undone although what it overwrote was collected as a manifest, children and all', async () => {
  const { core, source, target, from, to } = await setUp();
  const [index, image] = [await makeMultiPlatform(), await makeImage({ name: 'fresh' })];
  await push(index, target, 'team/app', 'latest');
  await push(image, source, 'team/app', 'latest');
  const plan = await planCopy(
    core,
    { registry: from, repository: 'team/app', reference: 'latest' },
    { registry: to, repository: 'team/app', tag: 'latest' },
  );
  const { operationId } = await core.plans.start(plan.id);
  await core.operations.finished(operationId);
  for (const { digest } of [index, ...index.children])
    await plainRequest(target, `/v2/team/app/manifests/${digest}`, { method: 'DELETE' });
  const undo = await startUndo(core, operationId);
  expect(await core.operations.finished(undo.operationId)).toMatchObject({ status: 'done' });
  expect(await stateOf(target, ['team/app'])).toEqual({ 'team/app': { latest: index.digest } });
  for (const child of index.children) {
    const reply = await plainRequest(target, `/v2/team/app/manifests/${child.digest}`);
    expect(sha256(reply.body)).toBe(child.digest);
  }
});

test.each([true, false])(
  'a synchronisation over three repositories is undone exactly; deletes by tag: %s',
  async (deleteByTag) => {
    const { core, source, target, from, to } = await setUp();
    await fill(source, target);
    target.setLimits({ deleteByTag });
    const before = await stateOf(target, REPOSITORIES);
    const plan = await planSync(core, from, to, everything);
    const { operationId } = await core.plans.start(plan.id);
    await core.operations.finished(operationId);
    expect(await stateOf(target, REPOSITORIES)).not.toEqual(before);
    const back = await core.plans.planUndo(operationId);
    expect(back).toMatchObject({
      subject: { kind: 'restore', repositories: REPOSITORIES, changes: 6 },
      items: { by: { restore: 3, remove: 3, moved: 0 } },
    });
    const undo = await core.plans.start(back.id);
    expect(await core.operations.finished(undo.operationId)).toMatchObject({
      status: 'done',
      title: expect.stringContaining('6 tags in 3 repositories'),
    });
    expect(await stateOf(target, REPOSITORIES)).toEqual(before);
  },
);

test('a tag that somebody moved since is left alone, in the plan and when its turn comes, and that is said', async () => {
  const { core, source, target, from, to } = await setUp();
  await fill(source, target);
  const { id } = await planSync(core, from, to, everything);
  const { operationId } = await core.plans.start(id);
  await core.operations.finished(operationId);
  const other = await makeImage({ name: 'other' });
  await push(other, target, 'team/app', 'latest');
  await push(other, target, 'team/web', 'new');
  const back = await core.plans.planUndo(operationId);
  expect(back.items.by).toMatchObject({ restore: 2, remove: 2, moved: 2 });
  await push(other, target, 'tools/cli', 'latest');
  const undo = await core.plans.start(back.id);
  expect(await core.operations.finished(undo.operationId)).toMatchObject({
    status: 'done',
    failure: { code: 'planStale' },
  });
  expect(await stateOf(target, REPOSITORIES)).toMatchObject({
    'team/app': { latest: other.digest },
    'team/web': { new: other.digest },
    'tools/cli': { latest: other.digest },
  });
});

test('what goes along with a copy is undone as well: tags of signatures and lists of referrers', async () => {
  const { core, source, target, from, to } = await setUp();
  const image = await makeImage();
  const artifact = makeArtifact({ artifactType: 'application/spdx+json', subject: image });
  const signature = `sha256-${image.digest.slice('sha256:'.length)}.sig`;
  // A registry without the referrers API keeps the list under a tag.
  target.setLimits({ referrers: false });
  await push(image, source, 'team/app', '1');
  await push(artifact, source, 'team/app');
  await push(await makeImage({ name: 'signature' }), source, 'team/app', signature);
  await push(await makeImage({ name: 'an older signature' }), target, 'team/app', signature);
  const before = await stateOf(target, ['team/app']);
  const plan = await planCopy(
    core,
    { registry: from, repository: 'team/app', reference: '1' },
    { registry: to, repository: 'team/app', tag: '1' },
    { attached: true },
  );
  const { operationId } = await core.plans.start(plan.id);
  expect(await core.operations.finished(operationId)).toMatchObject({ status: 'done' });
  expect(Object.keys((await stateOf(target, ['team/app']))['team/app'] ?? {})).toHaveLength(3);
  const undo = await startUndo(core, operationId);
  expect(await core.operations.finished(undo.operationId)).toMatchObject({ status: 'done' });
  expect(await stateOf(target, ['team/app'])).toEqual(before);
});

test('where a tag cannot be deleted alone the plan of the undo says that it stays', async () => {
  const { core, target, to } = await setUp();
  await push(await makeImage(), target, 'team/app', '1');
  const place = { registry: to, repository: 'team/app' };
  const plan = await planCopy(core, { ...place, reference: '1' }, { ...place, tag: 'new' });
  const { operationId } = await core.plans.start(plan.id);
  await core.operations.finished(operationId);
  target.setLimits({ deleteByTag: false });
  target.inject({ kind: 'status', status: 403, when: { method: 'POST' } });
  const back = await core.plans.planUndo(operationId);
  expect(core.plans.items(back.id, { offset: 0, limit: 1 }).items).toMatchObject([
    { state: 'stays', tags: ['new'], failure: { code: 'unsupported' } },
  ]);
});

describe('killed at every step', () => {
  const WRITES = new Set(['PUT', 'POST', 'PATCH', 'DELETE']);
  /**
   * The operation or its undo, in a process that dies at its n-th request that writes, be it in the middle of planning; `ended`
   * where there are not so many.
   */
  async function killedAt(
    work: readonly string[],
    home: string,
    registry: Awaited<ReturnType<typeof startHaltingRegistry>>,
    halt: { at: number; done: boolean },
  ): Promise<{ id: string } | 'planning' | 'ended'> {
    const reached = registry.haltAt(halt).then(() => true);
    const program = await startProgram('changer', home, ...work);
    const begun = program.waitFor(/operation (\S+)/, 120_000);
    const ended = program.waitFor(/ended/, 120_000).then(() => false);
    // Those that do not come to pass are over with the process.
    for (const wait of [begun, ended]) wait.catch(() => {});
    const stopped = await Promise.race([reached, ended]);
    const planning = Promise.resolve('planning');
    const first = stopped ? await Promise.race([begun, planning]) : await begun;
    if (stopped) process.kill(program.pid, 'SIGKILL');
    await program.exited;
    registry.goOn();
    if (!stopped) return 'ended';
    return typeof first === 'string' ? 'planning' : { id: first[1] ?? '' };
  }

  async function startHaltingRegistry() {
    let halt: { at: number; done: boolean } | undefined;
    let count = 0;
    let reached: () => void = () => undefined;
    const registry = await startOddRegistry(async ({ method }, ordinary) => {
      if (!halt || !WRITES.has(method) || count++ < halt.at) return await ordinary();
      if (count > halt.at + 1) return await new Promise<never>(() => undefined);
      if (halt.done) await ordinary();
      reached();
      return await new Promise<never>(() => undefined);
    });
    return {
      ...registry,
      haltAt(next: { at: number; done: boolean }): Promise<void> {
        halt = next;
        count = 0;
        return new Promise((resolve) => {
          reached = resolve;
        });
      },
      goOn() {
        halt = undefined;
      },
    };
  }

  /** Fills a registry and says what the work on it is and which repositories it changes. */
  interface Scene {
    repositories: readonly string[];
    work: (url: string) => string[];
  }

  async function retagging(registry: { behind: GuardedRegistry }): Promise<Scene> {
    await push(await makeImage({ name: 'one' }), registry.behind, 'team/app', '1');
    await push(await makeMultiPlatform(), registry.behind, 'team/app', 'latest');
    return { repositories: ['team/app'], work: (url) => ['retag', url, 'team/app', '1', 'latest'] };
  }

  async function copying(registry: { behind: GuardedRegistry }): Promise<Scene> {
    const source = await startTestRegistry();
    await push(await makeImage({ name: 'fresh' }), source, 'team/app', 'latest');
    await push(await makeMultiPlatform(), registry.behind, 'team/app', 'latest');
    return { repositories: ['team/app'], work: (url) => ['copy', source.url, url, 'team/app', 'latest'] };
  }

  async function syncing(registry: { behind: GuardedRegistry }): Promise<Scene> {
    const source = await startTestRegistry();
    await fill(source, registry.behind);
    return { repositories: REPOSITORIES, work: (url) => ['sync', source.url, url] };
  }

  test.each([
    ['a retag', retagging, 1],
    ['an overwriting copy', copying, 3],
    ['a synchronisation over three repositories', syncing, 5],
  ] as const)('%s, then undone: the former state, exactly', async (_, scene, stride) => {
    for (let at = 0; ; at += stride) {
      const registry = await startHaltingRegistry();
      const { repositories, work } = await scene(registry);
      const before = await stateOf(registry.behind, repositories);
      const home = await temporaryFolder();
      const died = await killedAt(work(registry.url), home, registry, { at, done: at % 2 === 0 });
      if (died === 'ended') {
        expect(at).toBeGreaterThan(0);
        return;
      }
      const core = await testCore({ home });
      if (died !== 'planning') {
        const operation = core.operations.get(died.id);
        expect(operation).toMatchObject({ status: 'interrupted' });
        // Nothing to take back where it died before the first tag.
        const undo = operation.actions.undo ? await startUndo(core, died.id) : undefined;
        if (undo) expect(await core.operations.finished(undo.operationId)).toMatchObject({ status: 'done' });
      }
      expect(await stateOf(registry.behind, repositories)).toEqual(before);
      await core.close();
    }
  });

  test.each([
    ['a retag', retagging, true, 1],
    ['an overwriting copy', copying, true, 1],
    ['a synchronisation over three repositories', syncing, true, 3],
    ['a synchronisation, deletions by digest only', syncing, false, 7],
  ] as const)(
    'the undo of %s, then run again: the former state, exactly',
    async (_, scene, deleteByTag, stride) => {
      for (let at = 0; ; at += stride) {
        const registry = await startHaltingRegistry();
        registry.behind.setLimits({ deleteByTag });
        const { repositories, work } = await scene(registry);
        const before = await stateOf(registry.behind, repositories);
        const home = await temporaryFolder();
        const operation = await startProgram('changer', home, ...work(registry.url));
        const id = (await operation.waitFor(/operation (\S+)/))[1] ?? '';
        await operation.exited;
        const died = await killedAt(['undo', id], home, registry, { at, done: at % 2 === 1 });
        const core = await testCore({ home });
        if (died === 'planning') {
          const undo = await startUndo(core, id);
          expect(await core.operations.finished(undo.operationId)).toMatchObject({ status: 'done' });
        } else if (died !== 'ended') {
          expect(core.operations.get(died.id)).toMatchObject({
            status: 'interrupted',
            actions: { retry: true },
          });
          await core.operations.retry(died.id);
          expect(await core.operations.finished(died.id)).toMatchObject({ status: 'done' });
        }
        expect(await stateOf(registry.behind, repositories)).toEqual(before);
        await core.close();
        if (died === 'ended') {
          expect(at).toBeGreaterThan(0);
          return;
        }
      }
    },
  );
});
