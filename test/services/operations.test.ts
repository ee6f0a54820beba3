import path from 'node:path';
import { createRouterClient } from '@orpc/server';
import { describe, expect, test } from 'vitest';
import { createRouter } from '../../src-main/api/index.ts';
import { openDatabase } from '../../src-main/data/index.ts';
import { makeImage } from '../support/images.ts';
import { startTestRegistry } from '../support/local-registry.ts';
import { plainRequest, push } from '../support/push.ts';
import { temporaryFolder } from '../support/temporary.ts';
import { addAccount, testCore, whenOperation } from './support/core.ts';
import { planCopy } from './support/plans.ts';
import { startProgram } from './support/program.ts';
import { expectRecorded } from './support/record.ts';

/** Starts a copy in a process of its own; it prints `operation <id>` when bytes flow and then waits. */
function startCopier(home: string, source: string, target: string) {
  return startProgram('copier', home, source, target);
}

async function setUp() {
  const source = await startTestRegistry();
  const target = await startTestRegistry();
  const image = await makeImage({ layers: { first: 1000, large: 2_000_000 } });
  await push(image, source, 'team/app', '1');
  const large = image.blobs.find(({ bytes }) => bytes.length > 1_000_000)?.digest ?? '';
  const release = source.inject({
    kind: 'stall',
    afterBytes: 400_000,
    when: { method: 'GET', path: new RegExp(large) },
  });
  return { source, target, image, release, home: await temporaryFolder() };
}

describe('two processes on one home', () => {
  test('do not mark each other’s running operations interrupted; each sees and cancels the other’s', async () => {
    const { source, target, home, release } = await setUp();
    const copier = await startCopier(home, source.url, target.url);
    const id = (await copier.waitFor(/operation (\S+)/))[1] ?? '';
    const core = await testCore({ home });
    expect(core.operations.get(id)).toMatchObject({ status: 'running', subject: { kind: 'copy' } });
    await expect(core.operations.retry(id)).rejects.toMatchObject({ code: 'busy' });
    const seen = whenOperation(core, id, ({ status }) => status === 'cancelled');
    await core.operations.cancel(id);
    expect(await seen).toMatchObject({ id, status: 'cancelled' });
    copier.write('cancel\n');
    expect(await copier.exited).toMatchObject({ code: 0 });
    release();
  });

  test('a killed one leaves an interrupted operation, which is resumed and does not send again what is there', async () => {
    const { source, target, image, home, release } = await setUp();
    const copier = await startCopier(home, source.url, target.url);
    const id = (await copier.waitFor(/operation (\S+)/))[1] ?? '';
    const small = image.blobs.filter(({ bytes }) => bytes.length < 1_000_000);
    // Those that are there when it dies need not be sent again.
    const present: string[] = [];
    for (const { digest } of small) {
      const reply = await plainRequest(target, `/v2/team/app/blobs/${digest}`, { method: 'HEAD' });
      if (reply.status === 200) present.push(digest);
    }
    process.kill(copier.pid, 'SIGKILL');
    await copier.exited;
    release();

    const core = await testCore({ home });
    expect(core.operations.get(id)).toMatchObject({
      status: 'interrupted',
      ended: expect.any(String),
      progress: { rate: 0 },
    });
    const other = await testCore({ home });
    target.clearRequests();
    // Two windows resume it at once: one does.
    const resumed = await Promise.allSettled([core.operations.retry(id), other.operations.retry(id)]);
    expect(resumed.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await other.operations.finished(id)).toMatchObject({ status: 'done' });
    const reply = await plainRequest(target, '/v2/team/app/manifests/1', {
      headers: { accept: image.mediaType },
    });
    expect(reply.headers['docker-content-digest']).toBe(image.digest);
    const uploads = target.requests
      .filter(({ method }) => method === 'PUT')
      .map(({ path: sent }) => decodeURIComponent(sent));
    for (const digest of present) expect(uploads.some((sent) => sent.includes(digest))).toBe(false);
  });

  test('one pauses what the other runs; what is paused can be cancelled, and only then is gone on with by hand', async () => {
    const { source, target, home, release } = await setUp();
    const copier = await startCopier(home, source.url, target.url);
    const id = (await copier.waitFor(/operation (\S+)/))[1] ?? '';
    const core = await testCore({ home });
    await core.operations.pause(id);
    expect(await core.operations.finished(id)).toMatchObject({ status: 'paused' });
    copier.write('cancel\n');
    expect(await copier.exited).toMatchObject({ code: 0 });
    release();
    await core.operations.cancel(id);
    expect(core.operations.get(id)).toMatchObject({ status: 'cancelled' });
    await core.operations.resumeInterrupted();
    expect(core.operations.get(id)).toMatchObject({ status: 'cancelled' });
    await core.operations.retry(id);
    expect(await core.operations.finished(id)).toMatchObject({ status: 'done' });
  });

  test('one that dies while it is asked to stop has stopped as asked', async () => {
    const { source, target, home, release } = await setUp();
    const copier = await startCopier(home, source.url, target.url);
    const id = (await copier.waitFor(/operation (\S+)/))[1] ?? '';
    const core = await testCore({ home });
    process.kill(copier.pid, 'SIGKILL');
    await core.operations.cancel(id);
    expect(await core.operations.finished(id)).toMatchObject({ status: 'cancelled' });
    await expectRecorded(core);
    release();
  });

  test('one that dies while the other watches is reported within moments', async () => {
    const { source, target, home, release } = await setUp();
    const copier = await startCopier(home, source.url, target.url);
    const id = (await copier.waitFor(/operation (\S+)/))[1] ?? '';
    const core = await testCore({ home });
    const seen = whenOperation(core, id, ({ status }) => status === 'interrupted');
    process.kill(copier.pid, 'SIGKILL');
    expect((await seen).status).toBe('interrupted');
    release();
  });
});

async function withOperations(count: number) {
  const registry = await startTestRegistry();
  const home = await temporaryFolder();
  const core = await testCore({ home });
  const { id } = await addAccount(core, registry);
  const handle = await core.accounts.handle(id);
  await push(await makeImage(), registry, 'team/app', 'base');
  const ids: string[] = [];
  for (let number = 0; number < count; number++) {
    const plan = await planCopy(
      core,
      { registry: handle, repository: 'team/app', reference: 'base' },
      { registry: handle, repository: 'team/app', tag: `t${number}` },
    );
    ids.push((await core.plans.start(plan.id)).operationId);
  }
  return { registry, home, core, ids };
}

test('more operations than run at once wait for their turn and are all done', async () => {
  const { core, ids } = await withOperations(9);
  const ended = await Promise.all(ids.map((id) => core.operations.finished(id)));
  expect(ended.map(({ status }) => status)).toEqual(Array(9).fill('done'));
});

test('the history pages, newest first, and outlives the process', async () => {
  const { core, ids, home } = await withOperations(5);
  await Promise.all(ids.map((id) => core.operations.finished(id)));
  await core.close();
  const next = await testCore({ home });
  const first = next.operations.history(3);
  const second = next.operations.history(3, first.at(-1)?.started);
  expect([...first, ...second].map(({ id }) => id)).toEqual([...ids].reverse());
  expect(() => next.operations.get(crypto.randomUUID())).toThrow(
    expect.objectContaining({ code: 'operationUnknown' }),
  );
});

test('a dismissed operation leaves the status bar and stays in the history', async () => {
  const { core, ids } = await withOperations(2);
  await Promise.all(ids.map((id) => core.operations.finished(id)));
  core.operations.dismiss(ids[0] ?? '');
  const stop = new AbortController();
  const current: string[] = [];
  for await (const operation of core.operations.watch({ signal: stop.signal })) {
    current.push(operation.id);
    if (operation.id === ids[1]) stop.abort();
  }
  expect(current).toEqual([ids[1]]);
  expect(core.operations.history(10).map(({ dismissed }) => dismissed)).toEqual([false, true]);
});

test('closing interrupts what runs, and the next process can resume it', async () => {
  const { source, target, image, release, home } = await setUp();
  const core = await testCore({ home });
  const [from, to] = [await addAccount(core, source), await addAccount(core, target)];
  const plan = await planCopy(
    core,
    { registry: await core.accounts.handle(from.id), repository: 'team/app', reference: '1' },
    { registry: await core.accounts.handle(to.id), repository: 'team/app', tag: '1' },
  );
  const { operationId } = await core.plans.start(plan.id);
  await whenOperation(core, operationId, ({ progress }) => progress.bytesSent > 1000);
  await core.close();
  release();
  const next = await testCore({ home });
  expect(next.operations.get(operationId).status).toBe('interrupted');
  await next.operations.retry(operationId);
  expect(await next.operations.finished(operationId)).toMatchObject({ status: 'done' });
  const reply = await plainRequest(target, '/v2/team/app/manifests/1', {
    headers: { accept: image.mediaType },
  });
  expect(reply.status).toBe(200);
});

test('S9: an operation of a newer version, or a spoiled one, is shown as that and keeps nothing from working', async () => {
  const registry = await startTestRegistry();
  await push(await makeImage(), registry, 'team/app', '1');
  const core = await testCore();
  const account = await addAccount(core, registry);
  const handle = await core.accounts.handle(account.id);
  const place = { registry: handle, repository: 'team/app' };
  for (const tag of ['2', '3', '4']) {
    const plan = await planCopy(core, { ...place, reference: '1' }, { ...place, tag });
    const { operationId } = await core.plans.start(plan.id);
    await core.operations.finished(operationId);
  }
  const [kept, newer, spoiled] = core.operations.history(10).map(({ id }) => id);
  const { database, cache } = await openDatabase(path.join(core.home, 'wharfinger.db'));
  const change = (id: string | undefined, subject: string, failure: string | null) =>
    database.run(
      "UPDATE operations SET subject = ?, failure = ?, status = 'interrupted', progress = '[' WHERE id = ?",
      subject,
      failure,
      id ?? '',
    );
  change(newer, '{"kind":"rotate","keys":3}', '{"code":"ofANewerVersion","message":"It did not work."}');
  change(spoiled, '{"kind":', '{"code":');
  database.close();
  cache.close();

  const client = createRouterClient(createRouter(core));
  const history = await client.operations.history({ limit: 10 });
  expect(history.map(({ id, subject, failure }) => ({ id, subject, failure }))).toEqual([
    { id: kept, subject: expect.objectContaining({ kind: 'retag' }), failure: undefined },
    {
      id: newer,
      subject: { kind: 'unreadable', was: 'rotate' },
      failure: { code: 'internal', message: 'It did not work.' },
    },
    { id: spoiled, subject: { kind: 'unreadable' }, failure: expect.objectContaining({ code: 'internal' }) },
  ]);
  expect(await client.operations.history({ limit: 10, kinds: ['retag'] })).toHaveLength(1);
  for (const id of [newer, spoiled]) {
    await expect(core.operations.retry(id ?? '')).rejects.toMatchObject({ code: 'storageFailed' });
    core.operations.dismiss(id ?? '');
  }
  await core.operations.resumeInterrupted();
  // The window starts: its first question is what the status bar shows.
  const [first] = await core.operations
    .watch({ signal: AbortSignal.timeout(15_000) })
    .next()
    .then(({ value }) => [value]);
  expect(first).toMatchObject({ id: kept });
});
