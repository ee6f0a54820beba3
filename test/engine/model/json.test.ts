import { expect, test } from 'vitest';
import { elementsOf, JsonTooLarge, parseJson } from '../../../src-main/engine/model/json.ts';

async function read(text: string, key = 'tags'): Promise<unknown[]> {
  const all: unknown[] = [];
  for await (const piece of elementsOf(Buffer.from(text), key)) all.push(...piece);
  return all;
}

/** Longer than what is parsed at once. */
const filler = 'x'.repeat(100_000);

test.each([
  ['deep nesting', `${'['.repeat(100_000)}${']'.repeat(100_000)}`],
  ['masses of tiny values', `[${'[],'.repeat(200_000)}[]]`],
])('S3: %s is refused before it is parsed', (_, text) => {
  expect(() => parseJson(Buffer.from(text))).toThrow(JsonTooLarge);
});

test('S3: brackets, commas and quotes within strings count for nothing', () => {
  const value = { a: '[{,'.repeat(100_000), b: '\\"[[[\\\\', c: ['\u{1f600}'] };
  expect(parseJson(Buffer.from(JSON.stringify(value)))).toEqual(value);
  expect(() => parseJson(Buffer.from('{"a":1'))).toThrow(SyntaxError);
  expect(() => parseJson(Buffer.from([0x22, 0xff]))).toThrow(TypeError);
  expect(parseJson(Buffer.from('1'))).toBe(1);
});

test('S3: a long list comes in pieces, whatever is around it', async () => {
  const tags = Array.from({ length: 20_000 }, (_, at) => `t"\\[,\u00e9${at}`);
  const text = JSON.stringify({
    name: filler,
    child: ['tags', filler],
    manifest: { tags: ['no'], [filler]: { tags: [filler, [filler]] } },
    tags,
    after: [{ tags: ['no'] }],
  });
  expect(await read(text)).toEqual(tags);
  expect(await read(JSON.stringify({ tags: [], filler }))).toEqual([]);
});

test('S3: a long document that is cut, odd or has no such list is reported as that', async () => {
  const tags = JSON.stringify({ tags: Array.from({ length: 20_000 }, (_, at) => `t${at}`) });
  await expect(read(tags.slice(0, -1))).rejects.toThrow(SyntaxError);
  await expect(read(JSON.stringify({ filler }))).rejects.toThrow(SyntaxError);
  await expect(read(`{"tags":["a" "${filler}"]}`)).rejects.toThrow(SyntaxError);
  await expect(read(`{"tags":["${filler}${filler}${filler}"]}`)).rejects.toThrow(JsonTooLarge);
  await expect(read(`{"tags":${'['.repeat(100_000)}`)).rejects.toThrow(JsonTooLarge);
});
