import { expect, test } from 'vitest';
import { environmentPairs } from '../../../src-renderer/image/environment.ts';

test('splits at the first equals sign alone', () => {
  expect(environmentPairs(['PATH=/bin', 'OPTS=a=b', 'EMPTY=', 'BARE'])).toEqual([
    ['PATH', '/bin'],
    ['OPTS', 'a=b'],
    ['EMPTY', ''],
    ['BARE', ''],
  ]);
});
