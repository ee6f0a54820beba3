import path from 'node:path';
import { expect, test } from 'vitest';
import { isAlive, ProcessMark } from '../../src-main/data/index.ts';
import { whenFinished } from '../support/cleanup.ts';
import { startProcess } from '../support/process.ts';

test('this process is alive until it closes its mark', async () => {
  const mark = new ProcessMark();
  whenFinished(() => mark.close());
  expect(await isAlive(mark.text)).toBe(true);
  mark.close();
  expect(await isAlive(mark.text)).toBe(false);
});

test('another process is alive, and not when it was killed', async () => {
  const other = await startProcess(process.execPath, [path.join(import.meta.dirname, 'programs/marker.ts')]);
  const mark = (await other.waitFor(/mark (.+)\n/))[1] ?? '';
  expect(await isAlive(mark)).toBe(true);
  process.kill(other.pid, 'SIGKILL');
  await other.exited;
  expect(await isAlive(mark)).toBe(false);
});

test('a living process id alone does not make a dead process alive', async () => {
  expect(await isAlive(`${process.pid} ${path.join(import.meta.dirname, 'no-such.sock')}`)).toBe(false);
  expect(await isAlive('rubbish')).toBe(false);
});
