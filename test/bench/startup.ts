import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { isolatedEnvironment } from '../support/app.ts';
import { type Measurement, median, spread } from './report.ts';

const root = path.resolve(import.meta.dirname, '../..');
const RUNS = 7;
const TARGET_MS = 3_000;

/** `npm start` on a checkout that is installed and built: until the address is printed, and until its page can be used. */
export async function measureStartup(browser: Browser): Promise<Measurement[]> {
  const addresses: number[] = [];
  const interactive: number[] = [];
  for (let run = 0; run < RUNS; run++) {
    const times = await startOnce(browser);
    addresses.push(times.address);
    interactive.push(times.interactive);
  }
  return [
    {
      what: 'npm start (built) → address line',
      value: median(addresses),
      unit: 'ms',
      target: TARGET_MS,
      note: spread(addresses),
    },
    {
      what: 'npm start (built) → page can be used',
      value: median(interactive),
      unit: 'ms',
      note: spread(interactive),
    },
  ];
}

async function startOnce(browser: Browser): Promise<{ address: number; interactive: number }> {
  const home = await mkdtemp(path.join(tmpdir(), 'wharfinger-bench-'));
  const context = await browser.newContext();
  const page = await context.newPage();
  try {
    await mkdir(path.join(home, 'user'));
    const begun = performance.now();
    const child = spawn('npm', ['start', '--', '--browser', '--no-open', '--port', '0'], {
      cwd: root,
      env: isolatedEnvironment(home),
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    const closed = once(child, 'close');
    try {
      const address = await addressOf(child.stdout, closed);
      const printed = performance.now() - begun;
      await page.goto(address);
      // The first page's own link, drawn with what the main side answered.
      await page.getByRole('main').getByRole('link', { name: 'All products' }).click({ trial: true });
      return { address: printed, interactive: performance.now() - begun };
    } finally {
      if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGTERM');
      await closed;
    }
  } finally {
    await context.close();
    await rm(home, { recursive: true, force: true });
  }
}

async function addressOf(output: NodeJS.ReadableStream, closed: Promise<unknown>): Promise<string> {
  let text = '';
  const found = new Promise<string>((resolve) => {
    output.setEncoding('utf8').on('data', (part: string) => {
      text += part;
      const address = /^Wharfinger is at (\S+)$/m.exec(text)?.[1];
      if (address !== undefined) resolve(address);
    });
  });
  return Promise.race([
    found,
    closed.then(() => {
      throw new Error(`npm start ended before its address line:\n${text}`);
    }),
  ]);
}
