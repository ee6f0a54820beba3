import { afterEach, expect, test, vi } from 'vitest';
import { whenIdle } from '../../../src-renderer/lists/when-idle.ts';

/** Milliseconds between two pictures. */
const FRAME_MS = 16;

/** A page that has so many milliseconds left after each picture. */
function pageWith(left: () => number): void {
  vi.useFakeTimers();
  vi.stubGlobal('requestIdleCallback', (callback: IdleRequestCallback, { timeout = 0 } = {}) =>
    setTimeout(() => callback({ didTimeout: false, timeRemaining: left }), Math.min(timeout, FRAME_MS)),
  );
}

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

async function waited(): Promise<number> {
  const start = performance.now();
  const idle = whenIdle();
  const end = idle.then(() => performance.now());
  await vi.runAllTimersAsync();
  return (await end) - start;
}

test('goes on at once where nothing moves', async () => {
  pageWith(() => 49);
  expect(await waited()).toBe(FRAME_MS);
});

test('waits while something moves, until it rests', async () => {
  let pictures = 0;
  pageWith(() => (++pictures < 10 ? 12 : 49));
  expect(await waited()).toBe(10 * FRAME_MS);
});

test('goes on beside what moves on and on', async () => {
  pageWith(() => 3);
  expect(await waited()).toBe(500);
});
