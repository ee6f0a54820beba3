import { expect, test } from 'vitest';
import { COLOURS, monograms, withColours } from '../../../src-renderer/layout/monograms.ts';

const named = (...names: string[]) => names.map((name, index) => ({ id: `id-${index}`, name }));
const lettersOf = (...names: string[]) => {
  const made = monograms(named(...names), {});
  return names.map((_, index) => made.get(`id-${index}`)?.letters);
};

test('a monogram is the first two letters of a name', () => {
  expect(lettersOf('Production', 'ghcr.io', 'Edge site', '127.0.0.1:5000', 'x', '生产环境', '…')).toEqual([
    'Pr',
    'gh',
    'Ed',
    '12',
    'x',
    '生',
    '?',
  ]);
});

test('where names begin alike the letters still tell them apart', () => {
  expect(lettersOf('Team A', 'Team B', 'registry-1', 'registry-2')).toEqual(['Te', 'TB', 're', 'r2']);
  const names = Array.from({ length: 12 }, (_, index) => `service${index}`);
  expect(new Set(lettersOf(...names)).size).toBeGreaterThan(6);
});

test('letters stay when registries are put into another order', () => {
  const registries = named('Harbour', 'Harbor', 'Corp', 'Archive');
  expect(monograms(registries.toReversed(), {})).toEqual(monograms(registries, {}));
});

test('each registry has a colour of its own as long as there are any, and keeps it', () => {
  const registries = named(...COLOURS.map((colour) => colour));
  const given = withColours(registries, {});
  expect(new Set(Object.values(given)).size).toBe(COLOURS.length);
  expect(withColours(registries.toReversed(), given)).toBe(given);
  const more = withColours([...registries, { id: 'one more' }], given);
  expect(more).toMatchObject(given);
  expect(more['one more']).toBeTypeOf('number');
  // Those that are gone leave theirs to others.
  expect(Object.keys(withColours(registries.slice(1), given))).toHaveLength(COLOURS.length - 1);
});

test.each(COLOURS)('white letters on %s have the contrast of text', (colour) => {
  const channels = [1, 3, 5].map((at) => {
    const value = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  const [red = 0, green = 0, blue = 0] = channels;
  const luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  expect(1.05 / (luminance + 0.05)).toBeGreaterThan(4.5);
});
