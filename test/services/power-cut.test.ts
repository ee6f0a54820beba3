import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, expect, test, vi } from 'vitest';
import { Journal, TagChanges } from '../../src-main/data/index.ts';
import { makeImage } from '../support/images.ts';
import { startTestRegistry } from '../support/local-registry.ts';
import { push } from '../support/push.ts';
import { addAccount, testCore } from './support/core.ts';
import { planCopy, planFor } from './support/plans.ts';

afterEach(() => void vi.restoreAllMocks());

/** Milliseconds: a disk that takes its time, in which whatever does not wait for it has long been sent. */
const SLOW_DISK = 100;

test.each([
  ['a moved tag', 'latest'],
  ['a new tag', 'new'],
  ['a deletion', undefined],
] as const)('%s: nothing is changed before what is needed to take it back is on the disk', async (_, tag) => {
  const events: string[] = [];
  const registry = await startTestRegistry({
    onRequest({ method, path }) {
      if ((method === 'PUT' || method === 'DELETE') && path.includes('/manifests/')) events.push('changed');
    },
  });
  await push(await makeImage({ name: 'one' }), registry, 'team/app', '1');
  await push(await makeImage({ name: 'two' }), registry, 'team/app', 'latest');
  const core = await testCore();
  const { id } = await addAccount(core, registry);
  const handle = await core.accounts.handle(id);
  const place = { registry: handle, repository: 'team/app' };
  const plan = tag
    ? await planCopy(core, { ...place, reference: '1' }, { ...place, tag })
    : await planFor(core, handle, 'team/app', ['latest']);
  const [durable, begin] = [Journal.prototype.durable, TagChanges.prototype.begin];
  vi.spyOn(Journal.prototype, 'durable').mockImplementation(async function (this: Journal) {
    await delay(SLOW_DISK);
    await durable.call(this);
    events.push('on the disk');
  });
  vi.spyOn(TagChanges.prototype, 'begin').mockImplementation(function (this: TagChanges, ...given) {
    events.push('kept');
    begin.apply(this, given);
  });
  events.length = 0;
  const { operationId } = await core.plans.start(plan.id);
  expect(await core.operations.finished(operationId)).toMatchObject({ status: 'done' });
  // The operation with its steps, then what it changes.
  expect(events).toEqual(['on the disk', 'kept', 'on the disk', 'changed']);
});

test('an undo changes nothing before it is on the disk itself', async () => {
  const registry = await startTestRegistry();
  await push(await makeImage({ name: 'one' }), registry, 'team/app', '1');
  await push(await makeImage({ name: 'two' }), registry, 'team/app', 'latest');
  const core = await testCore();
  const { id } = await addAccount(core, registry);
  const place = { registry: await core.accounts.handle(id), repository: 'team/app' };
  const plan = await planCopy(core, { ...place, reference: '1' }, { ...place, tag: 'latest' });
  const { operationId } = await core.plans.start(plan.id);
  await core.operations.finished(operationId);
  const back = await core.plans.planUndo(operationId);
  vi.spyOn(Journal.prototype, 'durable').mockRejectedValue(new Error('the disk is gone'));
  registry.clearRequests();
  const undo = await core.plans.start(back.id);
  expect(await core.operations.finished(undo.operationId)).toMatchObject({ status: 'failed' });
  expect(registry.requests.filter(({ method }) => method !== 'GET' && method !== 'HEAD')).toEqual([]);
});
