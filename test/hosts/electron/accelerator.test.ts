import { expect, test } from 'vitest';
import { acceleratorOf } from '../../../src-main/hosts/electron/accelerator.ts';

test.each([
  ['mod+K', 'CommandOrControl+K'],
  ['mod+,', 'CommandOrControl+,'],
  ['mod+shift+N', 'CommandOrControl+shift+N'],
  ['alt+ArrowLeft', 'Alt+Left'],
  ['Delete', 'Delete'],
  ['C', 'C'],
  ['F2', 'F2'],
])('%s is shown as %s', (keys, accelerator) => {
  expect(acceleratorOf(keys, 'linux')?.toLowerCase()).toBe(accelerator.toLowerCase());
});

test('a sign that needs another key on each keyboard is not shown', () => {
  expect(acceleratorOf('?', 'linux')).toBeUndefined();
});

test('on a Mac a menu takes no key without a modifier from whoever types', () => {
  expect(acceleratorOf('C', 'darwin')).toBeUndefined();
  expect(acceleratorOf('mod+K', 'darwin')).toBe('CommandOrControl+K');
});
