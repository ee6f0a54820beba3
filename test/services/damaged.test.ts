import path from 'node:path';
import { expect, test } from 'vitest';
import { openDatabase } from '../../src-main/data/index.ts';
import { makeImage, sha256, type TestManifest } from '../support/images.ts';
import { type GuardedRegistry, startTestRegistry } from '../support/local-registry.ts';
import { plainRequest, push } from '../support/push.ts';
import { addAccount, testCore } from './support/core.ts';
import { planCopy, planFor, startUndo } from './support/plans.ts';

/** Changes one byte of everything that a table keeps, while the app has the file open. */
async function damage({ home }: { home: string }, table: 'content' | 'trash', digest: string): Promise<void> {
  const { database, cache } = await openDatabase(path.join(home, 'wharfinger.db'));
  const find = () => database.get(`SELECT bytes FROM ${table} WHERE digest = ?`, digest);
  // The cache is written a moment later.
  await expect.poll(find).toBeDefined();
  const row = find();
  const bytes = Buffer.from(row?.bytes as Uint8Array);
  // Still JSON, of another meaning.
  const at = bytes.indexOf('sha256:') + 'sha256:'.length;
  bytes[at] = bytes[at] === 0x61 ? 0x62 : 0x61;
  expect(database.run(`UPDATE ${table} SET bytes = ? WHERE digest = ?`, bytes, digest)).toBe(1);
  database.close();
  cache.close();
}

async function stored(
  registry: GuardedRegistry,
  repository: string,
  tag: string,
): Promise<string | undefined> {
  const { status, body } = await plainRequest(registry, `/v2/${repository}/manifests/${tag}`);
  return status === 200 ? sha256(body) : undefined;
}

async function siteOf(images: Readonly<Record<string, TestManifest>>) {
  const registry = await startTestRegistry();
  for (const [tag, image] of Object.entries(images)) await push(image, registry, 'team/app', tag);
  const core = await testCore();
  const account = await addAccount(core, registry);
  return { registry, core, handle: await core.accounts.handle(account.id) };
}

test('S1: a changed byte in the cache is written nowhere: not by a copy, not by a retag', async () => {
  const image = await makeImage();
  const { registry, core, handle } = await siteOf({ v1: image });
  const to = await startTestRegistry();
  const target = await core.accounts.handle((await addAccount(core, to)).id);
  const from = { registry: handle, repository: 'team/app', reference: 'v1' };
  await core.images.describe(handle, 'team/app', 'v1');
  await damage(core, 'content', image.digest);
  for (const [registryOf, where] of [
    [registry, { registry: handle, repository: 'team/app', tag: 'retagged' }],
    [to, { registry: target, repository: 'mirror/app', tag: 'copied' }],
  ] as const) {
    const plan = await planCopy(core, from, where);
    const { operationId } = await core.plans.start(plan.id);
    expect(await core.operations.finished(operationId)).toMatchObject({ status: 'done' });
    expect(await stored(registryOf, where.repository, where.tag)).toBe(image.digest);
    await damage(core, 'content', image.digest);
  }
});

test('S1: a deletion keeps in the trash what was there, though the cache is damaged', async () => {
  const image = await makeImage();
  const { registry, core, handle } = await siteOf({ v1: image });
  const plan = await planFor(core, handle, 'team/app', ['v1']);
  await damage(core, 'content', image.digest);
  const { operationId } = await core.plans.start(plan.id, { consent: true });
  expect(await core.operations.finished(operationId)).toMatchObject({ status: 'done' });
  const undo = await startUndo(core, operationId);
  expect(await core.operations.finished(undo.operationId)).toMatchObject({ status: 'done' });
  expect(await stored(registry, 'team/app', 'v1')).toBe(image.digest);
});

test('S1: what is damaged in the trash is named and not written; the rest comes back', async () => {
  const [one, two] = [await makeImage({ name: 'one' }), await makeImage({ name: 'two' })];
  const { registry, core, handle } = await siteOf({ one, two });
  const plan = await planFor(core, handle, 'team/app', ['one', 'two']);
  const { operationId } = await core.plans.start(plan.id, { consent: true });
  expect(await core.operations.finished(operationId)).toMatchObject({ status: 'done' });
  await damage(core, 'trash', one.digest);
  const back = await core.plans.planUndo(operationId);
  expect(back.items.by).toMatchObject({ restore: 1, damaged: 1 });
  const damagedLines = core.plans.items(back.id, { state: 'damaged', offset: 0, limit: 10 });
  expect(damagedLines.items).toMatchObject([{ tags: ['one'], digest: one.digest }]);
  const undo = await core.plans.start(back.id);
  expect(await core.operations.finished(undo.operationId)).toMatchObject({ status: 'done' });
  expect(await stored(registry, 'team/app', 'one')).toBeUndefined();
  expect(await stored(registry, 'team/app', 'two')).toBe(two.digest);
});
