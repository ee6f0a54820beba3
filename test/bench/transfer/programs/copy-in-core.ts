/**
 * Copies one reference with the core in this process, as the desktop and the browser host do, and prints how late the event loop was
 * meanwhile, in milliseconds, as one line of JSON: `node copy-in-core.ts HOME HOST/REPOSITORY:TAG HOST/REPOSITORY:TAG`.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { parseReference } from '../../../../src-main/engine/index.ts';
import { createCore } from '../../../../src-main/services/index.ts';

/** Finer than what is looked for; the histogram holds the whole time between two wakings. */
const RESOLUTION_MS = 1;

const [home = '', from = '', to = ''] = process.argv.slice(2);
const environment = { HOME: home };
const core = await createCore({ home, keychain: null, host: 'browser', version: '0', environment });
const [source, target] = [parseReference(from), parseReference(to)];
const tag = target.tag ?? 'latest';
const [reading, writing] = await Promise.all([
  core.accounts.forHost(source.host),
  core.accounts.forHost(target.host),
]);
const plan = await core.transfers.planBetween(
  { registry: reading, repository: source.repository, reference: source.tag ?? 'latest' },
  { registry: writing, repository: target.repository, tag },
);
const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
delay.enable();
const began = performance.now();
const { operationId } = await core.transfers.start(plan.id);
const { status } = await core.operations.finished(operationId);
delay.disable();
const seconds = (performance.now() - began) / 1000;
const late = (nanoseconds: number) => Math.max(0, nanoseconds / 1e6 - RESOLUTION_MS);
const found = { p50: late(delay.percentile(50)), p99: late(delay.percentile(99)), max: late(delay.max) };
process.stdout.write(`${JSON.stringify({ status, seconds, ...found })}\n`);
await core.close();
