import { expect, test } from 'vitest';
import { formatManifest, shownPart } from '../../../src-renderer/image/manifest-text.ts';

test('formats JSON and leaves other text alone', () => {
  expect(formatManifest('{"a":[1]}')).toBe('{\n  "a": [\n    1\n  ]\n}');
  expect(formatManifest('{"a":')).toBeUndefined();
});

test('a number that formatting would change keeps the text as it is', () => {
  expect(formatManifest('{"size":9007199254740993}')).toBeUndefined();
  expect(formatManifest('{"size":9007199254740991}')).toContain('9007199254740991');
});

test('long text is cut at a line end and says how much is hidden', () => {
  expect(shownPart('abc', 10)).toEqual({ text: 'abc', hidden: 0 });
  expect(shownPart('12345678\nabcdef', 10)).toEqual({ text: '12345678', hidden: 7 });
  expect(shownPart('1\n34567890abcdef', 10)).toEqual({ text: '1\n34567890', hidden: 6 });
});
