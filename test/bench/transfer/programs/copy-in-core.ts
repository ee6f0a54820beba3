/**
 * Copies one reference, so many times to repositories of other names, with the core in this process, as the desktop and the browser
 * host do. Prints as one line of JSON the seconds of each copy, with its plan, and how late the event loop was during the first, in
 * milliseconds: `node copy-in-core.ts HOME HOST/REPOSITORY:TAG HOST/REPOSITORY:TAG [TIMES]`.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { parseReference } from '../../../../src-main/engine/index.ts';
import { createCore } from '../../../../src-main/services/index.ts';
import { planCopy } from '../../../services/support/plans.ts';

/** Finer than what is looked for; the histogram holds the whole time between two wakings. */
const RESOLUTION_MS = 1;

const [home = '', from = '', to = '', times = '1'] = process.argv.slice(2);
const environment = { HOME: home };
const core = await createCore({ home, keychain: null, host: 'browser', version: '0', environment });
const [source, target] = [parseReference(from), parseReference(to)];
const [reading, writing] = await Promise.all([
  core.accounts.forHost(source.host),
  core.accounts.forHost(target.host),
]);

const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
const seconds: number[] = [];
for (let time = 0; time < Number(times); time++) {
  const began = performance.now();
  const plan = await planCopy(
    core,
    { registry: reading, repository: source.repository, reference: source.tag ?? 'latest' },
    { registry: writing, repository: `${target.repository}-${time}`, tag: target.tag ?? 'latest' },
  );
  if (time === 0) delay.enable();
  const { operationId } = await core.plans.start(plan.id);
  const { status } = await core.operations.finished(operationId);
  delay.disable();
  seconds.push((performance.now() - began) / 1000);
  if (status !== 'done') throw new Error(`The copy is ${status}.`);
}
const late = (nanoseconds: number) => Math.max(0, nanoseconds / 1e6 - RESOLUTION_MS);
const found = { p50: late(delay.percentile(50)), p99: late(delay.percentile(99)), max: late(delay.max) };
process.stdout.write(`${JSON.stringify({ seconds, ...found })}\n`);
await core.close();
