/**
 * `npm run soak [-- --minutes 10 | --count 500] [--seed TEXT] [--workers 4] [--slabs off] [--play deletions]`: random transfers through
 * every fault the local registry has, or random deletions and cleanups against a model of what they leave. A failure prints the seed of its scenario; with that seed (here or in WHARFINGER_SEED) it is played again and
 * again, since the seed fixes all but the timing.
 */
import { randomInt } from 'node:crypto';
import { inspect, parseArgs } from 'node:util';
import { localStages } from './deletions/stages.ts';
import { soak } from './soak.ts';

/** Milliseconds between two lines that report how far it is. */
const REPORT_EVERY = 10_000;

const { values } = parseArgs({
  options: {
    minutes: { type: 'string' },
    count: { type: 'string' },
    seed: { type: 'string', default: process.env.WHARFINGER_SEED ?? String(randomInt(1_000_000)) },
    workers: { type: 'string', default: '4' },
    slabs: { type: 'string', default: 'on' },
    play: { type: 'string', default: 'transfers' },
  },
});
const time =
  values.minutes === undefined && values.count !== undefined
    ? Number.POSITIVE_INFINITY
    : Number(values.minutes ?? 10) * 60_000;
const count = values.count === undefined ? Number.POSITIVE_INFINITY : Number(values.count);
const workers = Number(values.workers);
if (values.slabs !== 'on' && values.slabs !== 'off') {
  process.stderr.write('Slabs are on or off.\n');
  process.exit(2);
}
if (values.play !== 'transfers' && values.play !== 'deletions') {
  process.stderr.write('What is played are transfers or deletions.\n');
  process.exit(2);
}
if (Number.isNaN(time) || Number.isNaN(count) || !Number.isSafeInteger(workers) || workers < 1) {
  process.stderr.write('Minutes, count and workers are numbers.\n');
  process.exit(2);
}

process.stdout.write(`Seed ${values.seed}\n`);
let reported = performance.now();
const stages = values.play === 'deletions' ? await localStages() : undefined;
try {
  const tally = await soak({
    seed: values.seed,
    count,
    time,
    workers,
    slabs: values.slabs === 'on',
    ...(stages && { play: stages.play }),
    onScenario: (sofar) => {
      if (performance.now() - reported < REPORT_EVERY) return;
      reported = performance.now();
      process.stdout.write(`${sofar}\n`);
    },
  });
  process.stdout.write(`Seed ${values.seed}: all well. ${tally}\n`);
} catch (error) {
  process.stderr.write(`${inspect(error, { depth: 6 })}\n`);
  process.exitCode = 1;
} finally {
  await stages?.close();
}
