import { expect, test } from 'vitest';
import { Fragment, jsx, jsxs } from '../../../src-renderer/ui/jsx-runtime.ts';
import { seenText } from '../../../src-renderer/ui/seen-text.ts';

test.each([
  ['an escape sequence', 'a\u001b[8mb', 'a‹U+001B›[8mb'],
  ['a one-byte control sequence', '\u009b2Ja', '‹U+009B›2Ja'],
  ['a change of direction', 'gnp.\u202egpj', 'gnp.‹U+202E›gpj'],
  ['an isolate', '\u2066a\u2069', '‹U+2066›a‹U+2069›'],
  ['what takes no room', 'late\u200bst\ufeff', 'late‹U+200B›st‹U+FEFF›'],
  ['a run of it', `a${'\u200b'.repeat(4)}\u2060b`, 'a‹U+200B +4›b'],
  ['letters that are blank', 'a\u3164b\u115fc', 'a‹U+3164›b‹U+115F›c'],
  ['tags', `a${String.fromCodePoint(0xe0041, 0xe0042)}`, 'a‹U+E0041 +1›'],
  ['half a character', 'a\ud83d', 'a‹U+D83D›'],
  ['separators of lines', 'a\u2028b\u2029', 'a‹U+2028›b‹U+2029›'],
  ['a joiner between letters', 'a\u200db', 'a‹U+200D›b'],
])('S4: %s is seen', (_, text, shown) => {
  expect(seenText(text)).toBe(shown);
});

test.each(['harbour/web:1.4.2', 'a\tb\r\nc', '码头管家', 'é à ü', '👩‍👩‍👧‍👦 ❤️ 👍🏽 1️⃣', ''])(
  '%j is shown as it is',
  (text) => {
    expect(seenText(text)).toBe(text);
  },
);

test('S4: an element shows no other text, in its content, its hint or what is read aloud of it', () => {
  const hostile = 'a\u202eb';
  expect(jsx('span', { children: hostile, title: hostile, 'aria-label': hostile }).props).toEqual({
    children: 'a‹U+202E›b',
    title: 'a‹U+202E›b',
    'aria-label': 'a‹U+202E›b',
  });
  const inner = jsx('b', { children: 'x' });
  const { children } = jsxs(Fragment, { children: ['plain', inner, 7, [hostile]] }).props as {
    children: unknown[];
  };
  expect(children).toEqual(['plain', inner, 7, ['a‹U+202E›b']]);
  expect(children[1]).toBe(inner);
});

test('S4: what is typed, sent or linked to stays as it is, and so do properties without such text', () => {
  const hostile = 'a\u202eb';
  expect(jsx('input', { value: hostile }).props).toEqual({ value: hostile });
  const data = { children: ['a', 'b'], title: 'c', style: {} };
  expect(jsxs('p', data).props).toMatchObject(data);
  expect((jsxs('p', data).props as typeof data).children).toBe(data.children);
});
