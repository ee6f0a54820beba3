import { expect, test } from 'vitest';
import { shownPart } from '../../../src-renderer/image/manifest-text.ts';

test('long text is cut at a line end and says how much is hidden', () => {
  expect(shownPart('abc', 10)).toEqual({ text: 'abc', hidden: 0 });
  expect(shownPart('12345678\nabcdef', 10)).toEqual({ text: '12345678', hidden: 7 });
  expect(shownPart('1\n34567890abcdef', 10)).toEqual({ text: '1\n34567890', hidden: 6 });
});
