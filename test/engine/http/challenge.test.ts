import { expect, test } from 'vitest';
import { parseChallenges } from '../../../src-main/engine/http/challenge.ts';

function read(header: string | readonly string[] | undefined): unknown {
  return parseChallenges(header).map(({ scheme, parameters }) => [scheme, Object.fromEntries(parameters)]);
}

test.each([
  [undefined, []],
  ['', []],
  ['Basic realm="x"', [['basic', { realm: 'x' }]]],
  [
    'Bearer realm="https://a.example/token",service="r",scope="repository:a/b:pull,push repository:c:pull"',
    [
      [
        'bearer',
        {
          realm: 'https://a.example/token',
          service: 'r',
          scope: 'repository:a/b:pull,push repository:c:pull',
        },
      ],
    ],
  ],
  [
    'Bearer realm="https://a.example", error="invalid_token" , Basic realm="r, \\"s\\""',
    [
      ['bearer', { realm: 'https://a.example', error: 'invalid_token' }],
      ['basic', { realm: 'r, "s"' }],
    ],
  ],
  ['BEARER Realm=plain', [['bearer', { realm: 'plain' }]]],
  ['Negotiate', [['negotiate', {}]]],
  [
    ['Basic realm="a"', 'Bearer realm="b"'],
    [
      ['basic', { realm: 'a' }],
      ['bearer', { realm: 'b' }],
    ],
  ],
  // The first realm counts, and what cannot be read ends it.
  ['Bearer realm="a",realm="b"', [['bearer', { realm: 'a' }]]],
  ['Bearer realm="unclosed', [['bearer', {}]]],
  ['realm="no scheme"', []],
])('%j', (header, expected) => {
  expect(read(header)).toEqual(expected);
});

test('a header of thousands of challenges costs no time and gives a few', () => {
  expect(parseChallenges('Basic, '.repeat(2000)).length).toBeLessThanOrEqual(16);
  expect(parseChallenges(`Basic realm="${'\\'.repeat(16_000)}`)).toHaveLength(1);
});
