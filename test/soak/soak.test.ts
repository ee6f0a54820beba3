import { randomInt } from 'node:crypto';
import { afterEach, expect, test } from 'vitest';
import { setSlabs } from '../../src-main/engine/http/read-buffers.ts';
import { soak } from './soak.ts';

/** Milliseconds after which no further scenario begins; `npm run soak` takes its time. */
const TIME = 10_000;

afterEach(() => setSlabs(true));

test.each([true, false])(
  'random transfers through random faults end complete and equal, or failed with nothing visible (slabs: %s)',
  async (slabs) => {
    const seed = process.env.WHARFINGER_SEED ?? String(randomInt(1_000_000));
    const tally = await soak({ seed, count: 120, time: TIME, workers: 4, slabs });
    expect(tally.of('scenarios')).toBeGreaterThan(4);
    expect(tally.of('copied')).toBeGreaterThan(4);
  },
  180_000,
);
