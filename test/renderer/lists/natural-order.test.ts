import { expect, test } from 'vitest';
import { byCodeUnit, naturalKey } from '../../../src-renderer/lists/natural-order.ts';

function sorted(names: readonly string[]): readonly string[] {
  return names.toSorted((a, b) => byCodeUnit(naturalKey(a), naturalKey(b)));
}

test('numbers compare as numbers, wherever they stand', () => {
  expect(sorted(['1.10', '1.9', '1.2.10', '1.2.9', '10', '9'])).toEqual([
    '1.2.9',
    '1.2.10',
    '1.9',
    '1.10',
    '9',
    '10',
  ]);
  expect(sorted(['build-100-amd64', 'build-20-amd64', 'build-20-arm64'])).toEqual([
    'build-20-amd64',
    'build-20-arm64',
    'build-100-amd64',
  ]);
});

test('a shorter name comes before the longer ones it begins', () => {
  expect(sorted(['1.0-rc1', '1.0', '1.0.1', '1'])).toEqual(['1', '1.0', '1.0-rc1', '1.0.1']);
});

test('letters compare without case, and names that differ by case alone still have one order', () => {
  expect(sorted(['beta', 'Alpha', 'alpha', 'Beta'])).toEqual(['Alpha', 'alpha', 'Beta', 'beta']);
  expect(naturalKey('V1')).not.toBe(naturalKey('v1'));
});

test('leading zeros do not change the number, dates sort by time', () => {
  expect(sorted(['20240110', '20231231', '20240109'])).toEqual(['20231231', '20240109', '20240110']);
  expect(sorted(['r010', 'r9', 'r09'])).toEqual(['r09', 'r9', 'r010']);
  expect(sorted(['0', '00', '1'])).toEqual(['0', '00', '1']);
});

test('digests and numbers of 128 digits sort by length first', () => {
  const long = '1'.repeat(128);
  expect(sorted([long, '2'])).toEqual(['2', long]);
});
