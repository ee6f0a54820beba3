import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { alone } from '../../../src-main/hosts/launcher/lock.mjs';
import { temporaryFolder } from '../../support/temporary.ts';

test('work under one lock does not overlap, also after work that failed', async () => {
  const file = join(await temporaryFolder(), 'folder/lock');
  let running = 0;
  let most = 0;
  const work = async () => {
    running += 1;
    most = Math.max(most, running);
    await new Promise((resolve) => setImmediate(resolve));
    running -= 1;
  };
  const failing = alone(file, () => Promise.reject(new Error('as it may')));
  await expect(failing).rejects.toThrow('as it may');
  await Promise.all([alone(file, work), alone(file, work), alone(file, work)]);
  expect(most).toBe(1);
  expect(existsSync(file)).toBe(false);
});

test('a lock whose holder is gone is taken over', async () => {
  const file = join(await temporaryFolder(), 'lock');
  const holder = spawn(process.execPath, ['-e', '']);
  await once(holder, 'exit');
  await writeFile(file, String(holder.pid));
  expect(await alone(file, async () => 'done')).toBe('done');
});
