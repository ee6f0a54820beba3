import { expect, test } from 'vitest';
import { RequestLog } from '../../src-main/local-registry/http/request-log.ts';
import type { SeenRequest } from '../../src-main/local-registry/index.ts';

test('keeps the latest requests only, and passes all on to the listener', () => {
  let told = 0;
  const log = new RequestLog(() => {
    told += 1;
  });
  const seen: SeenRequest = {
    method: 'GET',
    path: '',
    status: 200,
    requestBytes: 0,
    responseBytes: 0,
    headers: {},
    remotePort: 1,
  };
  for (let i = 0; i < 25_000; i++) log.add({ ...seen, path: String(i) });
  expect(told).toBe(25_000);
  expect(log.entries.length).toBeLessThanOrEqual(10_000);
  expect(log.entries.length).toBeGreaterThanOrEqual(9_000);
  expect(log.entries.at(-1)?.path).toBe('24999');
});
