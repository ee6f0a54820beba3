import { expect, test } from 'vitest';
import { parseLinks } from '../../../src-main/engine/http/links.ts';

test.each([
  ['</a?b=1>; rel="next"', [{ target: '/a?b=1', relations: ['next'] }]],
  ['</a>;rel=next', [{ target: '/a', relations: ['next'] }]],
  [
    '</a>; rel="Prev first"; title="a, <b>", <b> ; anchor ; rel=next',
    [
      { target: '/a', relations: ['prev', 'first'] },
      { target: 'b', relations: ['next'] },
    ],
  ],
  ['</a>', [{ target: '/a', relations: [] }]],
  ['junk', []],
])('%s', (header, links) => {
  expect(parseLinks(header)).toEqual(links);
});

test.each(['<', '<a>;', ';rel=', ' ', ',', '<a>; rel="', '<a>;rel=a ', '<>'])(
  'S3: %j over and over is read in linear time',
  (part) => {
    const header = part.repeat(1_000_000);
    const before = process.cpuUsage();
    parseLinks(header);
    // A quadratic reading of a million takes hours.
    expect(process.cpuUsage(before).user).toBeLessThan(10_000_000);
  },
);
