import { expect, test } from 'vitest';
import { LOOPBACK } from '../../src-main/engine/vocabulary/connection.ts';

test.each([
  ['localhost', true],
  ['Registry.Localhost', true],
  ['127.0.0.1', true],
  ['127.1.2.3', true],
  ['[::1]', true],
  ['::1', true],
  ['localhost.example', false],
  ['127.0.0.1.example', false],
  ['10.0.0.1', false],
  ['[::2]', false],
])('%s is this machine: %s', (hostname, expected) => {
  expect(LOOPBACK.test(hostname)).toBe(expected);
});
