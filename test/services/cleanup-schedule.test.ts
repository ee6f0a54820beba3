import path from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import type { CleanupSchedule } from '../../src-main/common/cleanup-run.ts';
import { CleanupRules, openDatabase } from '../../src-main/data/index.ts';
import type { Cleanup } from '../../src-main/services/cleanup/index.ts';
import { SavedCleanups } from '../../src-main/services/cleanup/saved.ts';
import { scheduleCleanups } from '../../src-main/services/cleanup/schedule.ts';
import { whenFinished } from '../support/cleanup.ts';
import { makeImage } from '../support/images.ts';
import { kubectl } from '../support/kubectl.ts';
import { startTestRegistry } from '../support/local-registry.ts';
import { push } from '../support/push.ts';
import { addAccount, testCore } from './support/core.ts';
import { planCleanup } from './support/plans.ts';
import { stateOf } from './support/state.ts';

afterEach(() => vi.unstubAllEnvs());

const rules = (tags: string) => `version: 1
rules:
  - name: all
    repositories: "**"
    protect: "v*"
    delete:
      - { name: some, tags: "${tags}" }
`;

/** A repository of four tags, of which one stays whatever the rules say, and another one of a tag alone. */
async function opened(schedule: CleanupSchedule, text: string) {
  const registry = await startTestRegistry();
  for (const tag of ['pr-1', 'pr-2', 'pr-3', 'v1'])
    await push(await makeImage({ name: tag }), registry, 'app', tag);
  await push(await makeImage({ name: 'alone' }), registry, 'tmp', 'only');
  const core = await testCore();
  const { id: accountId } = await addAccount(core, registry);
  let time = Date.now();
  const now = () => new Date(time);
  const database = async () => {
    const opened = await openDatabase(path.join(core.home, 'wharfinger.db'));
    whenFinished(() => {
      opened.database.close();
      opened.cache.close();
    });
    return new SavedCleanups({
      rows: new CleanupRules(opened.database),
      check: () => undefined,
      exclusively: (work) => opened.database.transaction(work),
      changing: () => {},
      now,
    });
  };
  const [saved, elsewhere] = [await database(), await database()];
  const one = saved.save({ accountId, name: 'nightly', text, schedule });
  const scheduleOf = (of: SavedCleanups) =>
    scheduleCleanups({
      saved: of,
      plan: async ({ text: said }) => await planCleanup(core, await core.accounts.handle(accountId), said),
      plans: core.plans,
      now,
    });
  const lastRun = () => saved.list(accountId)[0]?.lastRun;
  return {
    core,
    lastRun,
    one,
    here: scheduleOf(saved),
    there: scheduleOf(elsewhere),
    tags: () => stateOf(registry, ['app', 'tmp']),
    later: (hours: number) => {
      time += hours * 3_600_000;
    },
  };
}

test('what is due runs once, whoever looks first, and deletes as much as was allowed', async () => {
  const { core, here, there, lastRun, later, tags } = await opened(
    { hours: 24, deletes: true, atMost: 3 },
    rules('pr-*'),
  );
  await here.look();
  expect(lastRun()).toBeUndefined();
  later(24);
  await Promise.all([here.look(), there.look()]);
  const run = lastRun();
  expect(run).toMatchObject({ outcome: 'started', tags: 3 });
  expect(await core.operations.finished(run?.operationId ?? '')).toMatchObject({ status: 'done' });
  expect(core.operations.history(10)).toHaveLength(1);
  const state = await tags();
  expect(Object.keys(state.app ?? {})).toEqual(['v1']);
  later(24);
  await there.look();
  expect(lastRun()).toMatchObject({ outcome: 'nothing', tags: 0 });
});

test.each<[string, CleanupSchedule, string]>([
  ['it may not delete', { hours: 1, deletes: false, atMost: 100 }, 'pr-*'],
  ['it would delete more than was allowed', { hours: 1, deletes: true, atMost: 2 }, 'pr-*'],
  ['it would empty a repository', { hours: 1, deletes: true, atMost: 100 }, 'only'],
])('where %s its plan waits, and nothing goes', async (_, schedule, pattern) => {
  const { core, here, lastRun, later, tags } = await opened(schedule, rules(pattern));
  const before = await tags();
  later(1);
  await here.look();
  expect(lastRun()).toMatchObject({ outcome: 'waits' });
  expect(lastRun()?.tags).toBeGreaterThan(0);
  expect(core.operations.history(10)).toEqual([]);
  expect(await tags()).toEqual(before);
});

test('a run that fails says why, and is tried again within the hour', async () => {
  const { core, one, here, lastRun, later } = await opened(
    { hours: 24, deletes: true, atMost: 3 },
    rules('pr-*'),
  );
  core.accounts.setReadOnly(one.accountId, true);
  later(24);
  await here.look();
  expect(lastRun()).toMatchObject({ outcome: 'failed', failure: { code: 'readOnly' } });
  core.accounts.setReadOnly(one.accountId, false);
  later(1);
  await here.look();
  expect(lastRun()).toMatchObject({ outcome: 'started' });
  await core.operations.finished(lastRun()?.operationId ?? '');
});

test.skipIf(process.platform === 'win32')(
  'a run by schedule asks the clusters that its rules name by the kubeconfig of its schedule, and keeps what runs there',
  async () => {
    const inUse = rules('pr-*').replace(
      '    delete:',
      '    keep:\n      - { name: running, inUse: { kubernetes: prod } }\n    delete:',
    );
    const schedule = { hours: 24, deletes: true, atMost: 3, kubeconfig: '/etc/other cluster' };
    const { core, one, tags } = await opened(schedule, inUse);
    const asked = await kubectl(`console.log('{"items":[{"image":"anywhere.test/app:pr-2"}]}')`);
    const handle = await core.accounts.handle(one.accountId);
    // What the schedule of the app calls.
    const plan = await (core.cleanup as Cleanup).planSaved(handle, one, AbortSignal.timeout(60_000));
    expect(asked().map(([first, second]) => [first, second])).toEqual([
      ['--kubeconfig=/etc/other cluster', '--context=prod'],
    ]);
    expect(plan.subject.going.tags).toBe(2);
    const { operationId } = await core.plans.start(plan.id, { typed: plan.typed });
    await core.operations.finished(operationId);
    expect(Object.keys((await tags()).app ?? {})).toEqual(['pr-2', 'v1']);
    expect(() =>
      core.cleanup.save({ ...one, name: 'other', schedule: { ...schedule, kubeconfig: 'config' } }),
    ).toThrow('full path');
  },
);
