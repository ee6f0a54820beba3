import { parentPort, workerData } from 'node:worker_threads';
import { serve } from '../../../src-main/data/database/thread.ts';
import { DataError } from '../../../src-main/data/index.ts';

/** What the thread of thread.test.ts has done, in order. */
const done: string[] = [];

export const room = {
  questions: {
    // biome-ignore lint/correctness/useYield: a single slice
    *done(): Generator<void, string[], void> {
      return [...done];
    },
    *endless(): Generator<void, never, void> {
      try {
        for (;;) yield;
      } finally {
        done.push('endless was left');
      }
    },
    *crash(): Generator<void, void, void> {
      process.nextTick(() => {
        throw new Error('out of order');
      });
    },
  },
  changes: {
    *write({ name, slices }: { name: string; slices: number }): Generator<void, void, void> {
      for (let slice = 1; slice <= slices; slice++) {
        done.push(`${name} ${slice}`);
        yield;
      }
    },
    // biome-ignore lint/correctness/useYield: it fails at once
    *fail(code: 'diskFull'): Generator<void, never, void> {
      throw new DataError(code, 'no room');
    },
  },
  *rest(): Generator<void, void, void> {
    done.push('rest');
    yield;
  },
  close() {
    // What it did to the end is read by the test.
    (workerData as { closed?: Int32Array }).closed?.fill(done.length);
  },
};

if (parentPort) {
  void serve(parentPort, async () => {
    if ((workerData as { broken?: boolean }).broken) throw new DataError('diskFull', 'no room to open');
    return room;
  });
}
