import { expect, test } from 'vitest';
import { TransferProgress } from '../../../src-main/engine/index.ts';
import { TransferMeter } from '../../../src-main/services/transfers/meter.ts';

const MB = 1_000_000;

/** A transfer of one blob of so many bytes, on a clock of its own. */
function transferOf(size: number) {
  let now = 0;
  const descriptor = { digest: `sha256:${'a'.repeat(64)}`, size, mediaType: 'application/octet-stream' };
  const task = { repository: 'team/app', sourceRepository: 'team/app', descriptor, state: 'send' as const };
  const progress = new TransferProgress({ items: [], blobs: [task] });
  const meter = new TransferMeter(() => ({ done: 0, failed: 0, total: 1 }), { many: false, now: () => now });
  meter.next(progress);
  progress.begin(task);
  return {
    /** Seconds pass in which so many bytes are sent; what is read then. */
    after(seconds: number, bytes: number) {
      now += seconds * 1000;
      progress.sent(task, bytes);
      return meter.read(true);
    },
  };
}

test('there is no estimate before some seconds, however much was sent', () => {
  const { after } = transferOf(1000 * MB);
  after(0, 0);
  expect(after(1, 100 * MB)).toMatchObject({ rate: 100 * MB });
  expect(after(1, 100 * MB).remaining).toBeUndefined();
  expect(after(3, 300 * MB).remaining).toBeCloseTo(5);
});

test('there is no estimate before some share of the bytes, however long it takes', () => {
  const { after } = transferOf(20_000 * MB);
  after(0, 0);
  for (let second = 0; second < 30; second++) expect(after(1, 1000).remaining).toBeUndefined();
  for (let second = 0; second < 59; second++) after(1, 10 * MB);
  expect(after(1, 10 * MB).remaining).toBeGreaterThan(1000);
});

test('a short stall does not make hours of minutes', () => {
  const { after } = transferOf(6000 * MB);
  after(0, 0);
  for (let second = 0; second < 30; second++) after(1, 10 * MB);
  for (let second = 0; second < 5; second++) after(1, 1000);
  const { rate, remaining } = after(1, 1000);
  expect(rate).toBeLessThan(2000);
  expect(remaining).toBeLessThan(900);
});
