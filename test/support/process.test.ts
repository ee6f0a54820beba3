import { expect, test } from 'vitest';
import { freePort } from './free-port.ts';
import { runProcess, startProcess, waitForPort } from './process.ts';

const node = process.execPath;

test('finds a line, past or to come', async () => {
  const child = await startProcess(node, ['-e', 'console.log("port 42"); setInterval(() => {}, 1000)']);
  expect((await child.waitFor(/port (\d+)/))[1]).toBe('42');
  expect((await child.waitFor(/port (\d+)/))[1]).toBe('42');
});

test('finds a line of one output that comes in the middle of a line of the other', async () => {
  const script = "process.stderr.write('half ', () => console.log('port 42')); setInterval(() => {}, 1000)";
  const child = await startProcess(node, ['-e', script]);
  await child.waitFor(/half/);
  expect((await child.waitFor(/^port (\d+)$/m))[1]).toBe('42');
});

test('says what a program printed when it ends early', async () => {
  const child = await startProcess(node, ['-e', 'console.error("no such option"); process.exit(3)']);
  await expect(child.waitFor(/ready/)).rejects.toThrow('no such option');
  expect(await child.exited).toEqual({ code: 3, signal: null });
});

test('says what a program printed when time is up', async () => {
  const child = await startProcess(node, ['-e', 'console.log("thinking"); setInterval(() => {}, 1000)']);
  await child.waitFor(/thinking/);
  await expect(child.waitFor(/ready/, 20)).rejects.toThrow(/no \/ready\/ in 20 ms[\s\S]*thinking/);
});

test.skipIf(process.platform === 'win32')('stops what the program started as well', async () => {
  const port = await freePort();
  const listen = `require('node:net').createServer().listen(${port}, '127.0.0.1')`;
  const script = `
    require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(listen)}]);
    process.on('SIGTERM', () => process.exit(0));
    setInterval(() => {}, 1000);`;
  const child = await startProcess(node, ['-e', script]);
  await waitForPort(port);
  expect(await child.stop()).toEqual({ code: 0, signal: null });
  await expect
    .poll(() => waitForPort(port, 0).then(() => 'listens', String), { timeout: 10_000 })
    .toContain('Nothing listens');
});

test('runs a program to its end with input, and throws with its output when it fails', async () => {
  expect(await runProcess(node, ['-e', 'process.stdin.pipe(process.stdout)'], { input: 'hello' })).toBe(
    'hello',
  );
  await expect(runProcess(node, ['-e', 'console.log("because"); process.exit(1)'])).rejects.toThrow(
    'because',
  );
  await expect(runProcess('no-such-program-at-all', [])).rejects.toThrow('ENOENT');
});

test('waits for a port, and gives up on a dead one', async () => {
  const port = await freePort();
  await expect(waitForPort(port, 30)).rejects.toThrow(`port ${port}`);
  const script = `require('node:net').createServer().listen(${port}, '127.0.0.1')`;
  await startProcess(node, ['-e', script]);
  await waitForPort(port);
});
