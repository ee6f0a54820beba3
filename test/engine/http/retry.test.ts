import { expect, test } from 'vitest';
import { backoff, DEFAULT_RETRY, parseRetryAfter, pause } from '../../../src-main/engine/http/retry.ts';

test.each([
  [undefined, undefined],
  ['', undefined],
  ['5', 5],
  ['0', 0],
  ['-5', undefined],
  ['1e3', undefined],
  ['soon', undefined],
  ['Fri, 01 Mar 2024 00:00:30 GMT', 30],
  ['Friday, 01-Mar-24 00:00:30 GMT', 30],
  ['Fri, 01 Mar 2024 00:00:00 GMT', 0],
  ['Thu, 29 Feb 2024 00:00:00 GMT', 0],
])('Retry-After %j is %j seconds', (header, seconds) => {
  expect(parseRetryAfter(header, Date.parse('2024-03-01T00:00:00Z'))).toBe(seconds);
});

test('waits double up to a cap, with up to half taken off', () => {
  expect([2, 3, 4].map((attempt) => backoff(attempt, DEFAULT_RETRY, () => 0))).toEqual([250, 500, 1000]);
  expect(backoff(2, DEFAULT_RETRY, () => 1)).toBe(125);
  expect(backoff(40, DEFAULT_RETRY, () => 0)).toBe(DEFAULT_RETRY.maxDelay);
});

test('a wait ends as soon as it is cancelled', async () => {
  const controller = new AbortController();
  const waiting = pause(3_600_000, controller.signal);
  controller.abort();
  await expect(waiting).rejects.toMatchObject({ code: 'cancelled' });
});
