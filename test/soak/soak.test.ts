import { afterEach, expect, test } from 'vitest';
import { setSlabs } from '../../src-main/engine/http/read-buffers.ts';
import { SEEDS } from './seeds.ts';
import { soak } from './soak.ts';

/** Scenarios of each seed. */
const COUNT = 12;

afterEach(() => setSlabs(true));

test.each([true, false].map((slabs, number) => ({ slabs, seed: SEEDS[number] ?? SEEDS[0] ?? '' })))(
  'random transfers through random faults end complete and equal, or failed with nothing visible: WHARFINGER_SEED=$seed (slabs: $slabs)',
  async ({ seed, slabs }) => {
    const tally = await soak({ seed, count: COUNT, time: Number.POSITIVE_INFINITY, workers: 4, slabs });
    expect(tally.of('copied')).toBeGreaterThan(0);
  },
  600_000,
);
