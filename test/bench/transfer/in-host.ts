import { execFile } from 'node:child_process';
import { mkdtemp } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { z } from 'zod';
import { median } from '../report.ts';
import { startDockerRegistry } from './docker-registry.ts';
import { startDiscard } from './own-servers.ts';
import { TYPESCRIPT } from './process.ts';
import type { Verdict } from './report.ts';
import { scenarios } from './scenarios.ts';
import { RegistryStorage } from './storage.ts';

const run = promisify(execFile);
const program = fileURLToPath(new URL('programs/copy-in-core.ts', import.meta.url));
/** Milliseconds: 99 of 100 delays of a host's event loop are shorter during a copy, so that its window stays responsive. */
const TARGET_MS = 20;
/** Copies until a host's code is warm, and those that are counted after them. */
const WARMING = 4;
const COUNTED = 5;

const printed = z.object({ seconds: z.array(z.number()), p50: z.number(), p99: z.number(), max: z.number() });

/** How late the event loop of a host is while it copies the image of the scenario `large`. */
export async function measureEventLoop(scratch: string, scale: number): Promise<Verdict> {
  const { seconds, p50, p99, max } = await copyInHost('large', 1, scratch, scale);
  return {
    where: 'event loop of a host during that copy',
    target: `ms late at p99 ≤ ${TARGET_MS}`,
    measured: `${p99.toFixed(1)} (p50 ${p50.toFixed(1)}, most ${max.toFixed(1)}; ${seconds[0]?.toFixed(1)} s)`,
    met: p99 <= TARGET_MS,
  };
}

/** What a copy takes in a host that has been open for a while: without the start of a process and with warm code. */
export async function measureWarmHost(scratch: string, scale: number): Promise<Verdict[]> {
  const verdicts: Verdict[] = [];
  for (const name of ['large', 'small', 'platforms']) {
    const { seconds } = await copyInHost(name, WARMING + COUNTED, scratch, scale);
    verdicts.push({
      where: `${name} → discard server, in an open host`,
      target: 'none: s with its plan, to be compared',
      measured: median(seconds.slice(WARMING)).toFixed(2),
      met: null,
    });
  }
  return verdicts;
}

async function copyInHost(
  name: string,
  times: number,
  scratch: string,
  scale: number,
): Promise<z.infer<typeof printed>> {
  const storage = new RegistryStorage(await mkdtemp(path.join(scratch, 'loop-')));
  const scenario = scenarios.find((one) => one.name === name);
  const seeded = await scenario?.seed(storage, scale);
  await using stack = new AsyncDisposableStack();
  const source = stack.adopt(await startDockerRegistry(storage.folder), (server) => server.close());
  const target = stack.adopt(await startDiscard(), (server) => server.close());
  const job = seeded?.job(`127.0.0.1:${source.port}`, `127.0.0.1:${target.port}`);
  if (job?.kind !== 'copy') throw new Error(`${name} is no copy`);
  const home = await mkdtemp(path.join(scratch, 'home-'));
  const references = [`${job.from}/${job.source}`, `${job.to}/${job.target}`];
  const { stdout } = await run(process.execPath, [
    ...TYPESCRIPT,
    program,
    home,
    ...references,
    String(times),
  ]);
  return printed.parse(JSON.parse(stdout));
}
