import { expect, test } from 'vitest';
import { readSize } from '../../../src-renderer/layout/navigation-size.ts';

test('the width and folding are read as they were kept', () => {
  expect(readSize('{"width":300,"collapsed":true}')).toEqual({ width: 300, collapsed: true });
});

test.each([
  undefined,
  '',
  'nonsense',
  'null',
  '{"width":"wide","collapsed":false}',
  '{"width":9000,"collapsed":false}',
])('%j gives the usual size', (text) => {
  expect(readSize(text)).toEqual({ width: 248, collapsed: false });
});
