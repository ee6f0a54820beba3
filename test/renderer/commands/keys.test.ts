import { expect, test } from 'vitest';
import { type KeyPress, keysText, matchesKeys } from '../../../src-renderer/commands/keys.ts';

const press = (key: string, held: Partial<KeyPress> = {}): KeyPress => ({
  key,
  code: '',
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...held,
});

test('mod is Ctrl, and Command on a Mac', () => {
  expect(matchesKeys('mod+K', press('k', { ctrlKey: true }), false)).toBe(true);
  expect(matchesKeys('mod+K', press('k', { ctrlKey: true }), true)).toBe(false);
  expect(matchesKeys('mod+K', press('k', { metaKey: true }), true)).toBe(true);
  expect(matchesKeys('mod+K', press('k', { metaKey: true }), false)).toBe(false);
});

test('no other modifier may be held', () => {
  expect(matchesKeys('c', press('c'), false)).toBe(true);
  expect(matchesKeys('c', press('c', { ctrlKey: true }), false)).toBe(false);
  expect(matchesKeys('c', press('C', { shiftKey: true }), false)).toBe(false);
  expect(matchesKeys('mod+K', press('k', { ctrlKey: true, altKey: true }), false)).toBe(false);
  expect(matchesKeys('alt+ArrowLeft', press('ArrowLeft', { altKey: true }), false)).toBe(true);
  expect(matchesKeys('alt+ArrowLeft', press('ArrowLeft'), false)).toBe(false);
});

test('a sign is typed with Shift on some keyboards and without on others', () => {
  expect(matchesKeys('?', press('?', { shiftKey: true }), false)).toBe(true);
  expect(matchesKeys('/', press('/'), false)).toBe(true);
  expect(matchesKeys('/', press('/', { shiftKey: true }), false)).toBe(true);
  expect(matchesKeys('mod+,', press(',', { ctrlKey: true }), false)).toBe(true);
});

test('letters are found by their place on keyboards of other scripts', () => {
  expect(matchesKeys('c', press('с', { code: 'KeyC' }), false)).toBe(true);
  expect(matchesKeys('c', press('ю', { code: 'Period' }), false)).toBe(false);
  // Of a keyboard with this script the letter counts, wherever it is.
  expect(matchesKeys('c', press('j', { code: 'KeyC' }), false)).toBe(false);
});

test('keys are written as they are printed on the keyboard', () => {
  expect(keysText('mod+K', false)).toBe('Ctrl K');
  expect(keysText('mod+K', true)).toBe('⌘K');
  expect(keysText('alt+ArrowLeft', false)).toBe('Alt ←');
  expect(keysText('alt+ArrowLeft', true)).toBe('⌥←');
  expect(keysText('Delete', false)).toBe('Del');
  expect(keysText('Delete', true)).toBe('⌦');
  expect(keysText('c', false)).toBe('C');
  expect(keysText('F2', false)).toBe('F2');
});
