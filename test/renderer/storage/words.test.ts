import { expect, test } from 'vitest';
import { namespacesAbove } from '../../../src-renderer/storage/scope.ts';
import { formatShare } from '../../../src-renderer/storage/share.tsx';

test('namespaces above a place, the outermost first', () => {
  expect(namespacesAbove({ accountId: '', repository: 'a/b/app' })).toEqual(['a', 'a/b']);
  expect(namespacesAbove({ accountId: '', namespace: 'a' })).toEqual([]);
});

test('a share is never rounded to nothing, nor to the whole', () => {
  expect(formatShare(0, 'en')).toBe('0%');
  expect(formatShare(0.00001, 'en')).toBe('<0.1%');
  expect(formatShare(0.05, 'en')).toBe('5%');
  expect(formatShare(0.999, 'en')).toBe('99%');
  expect(formatShare(1, 'en')).toBe('100%');
});
