import { expect, test } from 'vitest';
import {
  findInLines,
  jsonLines,
  markedParts,
  shownLines,
  textOfLines,
  unfoldedTo,
} from '../../../src-renderer/image/json-lines.ts';

function linesOf(raw: string) {
  const lines = jsonLines(raw);
  if (lines === undefined) throw new Error(`no JSON: ${raw}`);
  return lines;
}

const MANIFEST =
  '{"schemaVersion":2,"config":{"size":17,"digest":"sha256:ab"},"layers":[{"size":1},{"size":2}],"none":[],"empty":{}}';

test('JSON is laid out as everyone does it', () => {
  expect(textOfLines(linesOf(MANIFEST))).toBe(JSON.stringify(JSON.parse(MANIFEST), null, 2));
  expect(textOfLines(linesOf(' [ [ ] , [ 1 , "a,b:{" ] , null ] '))).toBe(
    JSON.stringify([[], [1, 'a,b:{'], null], null, 2),
  );
  expect(textOfLines(linesOf('"alone"'))).toBe('"alone"');
  expect(jsonLines('{"a":')).toBeUndefined();
});

test('what is written stays as it is written: large numbers, names that come twice, escapes', () => {
  expect(textOfLines(linesOf('{"size":9007199254740993,"a":1.0,"a":"\\u0041\\""}'))).toBe(
    '{\n  "size": 9007199254740993,\n  "a": 1.0,\n  "a": "\\u0041\\""\n}',
  );
});

test('each piece says what it is', () => {
  const [, first, , , last] = linesOf('{"a":"b","c":[1,true]}');
  expect(first?.parts.map(({ kind, text }) => [kind, text])).toEqual([
    ['key', '"a"'],
    ['mark', ': '],
    ['text', '"b"'],
    ['mark', ','],
  ]);
  expect(last?.parts.map(({ kind }) => kind)).toEqual(['word']);
});

test('what is folded is not shown, its entries are counted, and it opens for what is in it', () => {
  const lines = linesOf(MANIFEST);
  const layers = lines.findIndex(({ parts }) => parts[0]?.text === '"layers"');
  expect(lines[0]).toMatchObject({ entries: 5, end: lines.length - 1 });
  expect(lines[layers]?.entries).toBe(2);
  const folded = new Set([layers]);
  const shown = shownLines(lines, folded);
  expect(lines.length - shown.length).toBe(7);
  expect(shown).not.toContain(layers + 1);
  expect([...unfoldedTo(lines, folded, layers + 2)]).toEqual([]);
  expect(unfoldedTo(lines, folded, layers)).toBe(folded);
});

test('a text is found in all lines, whatever its case, and marked across pieces', () => {
  const lines = linesOf('{"Size":1,"other":"size (x)"}');
  expect(findInLines(lines, 'size')).toEqual([
    { line: 1, start: 1, length: 4 },
    { line: 2, start: 10, length: 4 },
  ]);
  expect(findInLines(lines, '(x)')).toHaveLength(1);
  expect(findInLines(lines, '')).toEqual([]);
  const across = findInLines(lines, 'ze": 1');
  expect(markedParts(lines[1]?.parts ?? [], across).map(({ text, match }) => [text, match])).toEqual([
    ['"Si', undefined],
    ['ze"', 0],
    [': ', 0],
    ['1', 0],
    [',', undefined],
  ]);
});
