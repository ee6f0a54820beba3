import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { expect, test, vi } from 'vitest';
import { ThreadClient } from '../../../src-main/data/database/thread-client.ts';
import { whenFinished } from '../../support/cleanup.ts';
import type { room } from '../programs/thread.ts';

const program = path.join(import.meta.dirname, '../programs/thread.ts');

type TestTasks = (typeof room)['questions'] & (typeof room)['changes'];

function startClient(workerData: object = {}) {
  const started: Worker[] = [];
  const client = new ThreadClient<TestTasks>(() => {
    const worker = new Worker(program, { workerData });
    started.push(worker);
    return worker;
  });
  whenFinished(() => client.close());
  return { client, started };
}

test('changes are made in order, and a question is answered between their slices', async () => {
  const { client } = startClient();
  const first = client.run('write', { name: 'a', slices: 200 });
  const second = client.run('write', { name: 'b', slices: 1 });
  const early = await client.run('done', undefined);
  await Promise.all([first, second]);
  const all = await client.run('done', undefined);
  expect(all.slice(0, 201)).toEqual([...Array.from({ length: 200 }, (_, index) => `a ${index + 1}`), 'b 1']);
  expect(early.length).toBeLessThan(200);
});

test('a task that is no more wanted rejects at once and is left in the thread', async () => {
  const { client } = startClient();
  const wanted = new AbortController();
  const endless = client.run('endless', undefined, { signal: wanted.signal });
  expect(await client.run('done', undefined)).toEqual([]);
  wanted.abort(new Error('another key'));
  await expect(endless).rejects.toThrow('another key');
  await expect.poll(() => client.run('done', undefined)).toContain('endless was left');
  await expect(client.run('done', undefined, { signal: wanted.signal })).rejects.toThrow('another key');
});

test('what fails there fails here with its code; a crash fails what was under way, and the next task starts another thread', async () => {
  const { client, started } = startClient();
  await expect(client.run('fail', 'diskFull')).rejects.toMatchObject({
    name: 'DataError',
    code: 'diskFull',
    reason: 'no room',
  });
  const endless = client.run('endless', undefined);
  await client.run('crash', undefined).catch(() => undefined);
  await expect(endless).rejects.toMatchObject({ code: 'storageFailed', reason: 'out of order' });
  expect(await client.run('done', undefined)).toEqual([]);
  expect(started).toHaveLength(2);
});

test('a file that cannot be opened fails the task, and the next one tries again', async () => {
  const { client, started } = startClient({ broken: true });
  for (const starts of [1, 2]) {
    await expect(client.run('done', undefined)).rejects.toMatchObject({
      code: 'diskFull',
      reason: 'no room to open',
    });
    expect(started).toHaveLength(starts);
  }
});

test('closing ends the changes that were asked for, and nothing is taken afterwards', async () => {
  const closed = new Int32Array(new SharedArrayBuffer(4));
  const { client } = startClient({ closed });
  const change = client.run('write', { name: 'a', slices: 50 });
  const endless = expect(client.run('endless', undefined)).rejects.toMatchObject({ code: 'storageFailed' });
  await client.close();
  await change;
  await endless;
  expect(closed[0]).toBeGreaterThanOrEqual(50);
  await expect(client.run('done', undefined)).rejects.toMatchObject({ reason: 'the database is closed' });
});

test('a process that closes it waits for its end, also where a change ends in the meantime', async () => {
  const { client, started } = startClient();
  const change = client.run('write', { name: 'a', slices: 5 });
  const [worker] = started;
  if (!worker) throw new Error('The change starts it.');
  const unref = vi.spyOn(worker, 'unref');
  const closing = client.close();
  await change;
  await closing;
  expect(unref).not.toHaveBeenCalled();
});

test('what may wait is done in the end, even where something is always asked for', async () => {
  const { client } = startClient();
  expect(await client.run('done', undefined)).toEqual([]);
  await expect.poll(() => client.run('done', undefined), { interval: 20, timeout: 15_000 }).toContain('rest');
});
