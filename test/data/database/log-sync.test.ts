import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { LogSync } from '../../../src-main/data/database/log-sync.ts';
import { openDatabase } from '../../../src-main/data/index.ts';
import { whenFinished } from '../../support/cleanup.ts';
import { temporaryFolder } from '../../support/temporary.ts';

/** A log on a disk that takes as long as the test wants. */
async function slowLog() {
  const file = path.join(await temporaryFolder(), 'a.db');
  await writeFile(`${file}-wal`, 'log');
  const waiting: PromiseWithResolvers<void>[] = [];
  const log = new LogSync(file, () => {
    const sync = Promise.withResolvers<void>();
    waiting.push(sync);
    return sync.promise;
  });
  whenFinished(() => log.close());
  return { log, waiting };
}

test('what is committed while the disk is written shares the next time, not the one under way', async () => {
  const { log, waiting } = await slowLog();
  const first = log.now();
  await expect.poll(() => waiting.length).toBe(1);
  let later = 0;
  const others = Array.from({ length: 20 }, () => log.now().then(() => later++));
  waiting[0]?.resolve();
  await first;
  await expect.poll(() => waiting.length).toBe(2);
  expect(later).toBe(0);
  waiting[1]?.resolve();
  await Promise.all(others);
  expect(waiting).toHaveLength(2);
});

test('a disk that fails is reported to those who wait, and asked again by the next', async () => {
  const { log, waiting } = await slowLog();
  const failed = log.now();
  await expect.poll(() => waiting.length).toBe(1);
  waiting[0]?.reject(Object.assign(new Error('EIO'), { code: 'EIO' }));
  await expect(failed).rejects.toMatchObject({ code: 'storageFailed' });
  const again = log.now();
  await expect.poll(() => waiting.length).toBe(2);
  waiting[1]?.resolve();
  await again;
});

test('what nobody waits for is brought to the disk soon', async () => {
  const { log, waiting } = await slowLog();
  log.soon();
  log.soon();
  await expect.poll(() => waiting.length, { timeout: 15_000 }).toBe(1);
  waiting[0]?.resolve();
});

test('a database that was opened, written to and closed while its log is synced', async () => {
  const { database, cache } = await openDatabase(path.join(await temporaryFolder(), 'wharfinger.db'));
  database.script('CREATE TABLE own (n INTEGER)');
  await database.durable();
  database.run('INSERT INTO own VALUES (1)');
  const durable = database.durable();
  database.close();
  cache.close();
  await durable;
});
