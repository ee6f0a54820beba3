import { expect, test } from 'vitest';
import { cutPoint } from '../../../src-renderer/ui/cut-point.ts';

const halves = (text: string) => [text.slice(0, cutPoint(text)), text.slice(cutPoint(text))];

test('the end of a long name stays whole, half of a short one', () => {
  expect(halves('main-20261125-d273880')).toEqual(['main-20261125', '-d273880']);
  expect(halves('1.4.2')).toEqual(['1.4', '.2']);
  expect(halves('')).toEqual(['', '']);
});

test('no character of two code units is parted', () => {
  expect(halves(`a👍b`)).toEqual(['a', '👍b']);
});
