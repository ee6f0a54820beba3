import { describe, expect, test } from 'vitest';
import type { CleanupRules, RuleProblem } from '../../../src-main/common/cleanup.ts';
import { readRules, writeRules } from '../../../src-main/services/rules/text.ts';

const EXAMPLE = `version: 1
rules:
  - name: team
    repositories: ["team/**"]
    protect: ["stable", "v*"]
    keep:
      - { name: newest releases, tags: "r*", newest: 2, by: created }
      - { name: in use, inUse: pods.json }
      - { name: patches, semver: { perMinor: 3 } }
    delete:
      - { name: old pull requests, tags: "pr-*", olderThan: 14d }
      - { name: the rest, tags: "*" }
`;

const RULES: CleanupRules = {
  version: 1,
  rules: [
    {
      name: 'team',
      repositories: ['team/**'],
      protect: ['stable', 'v*'],
      keep: [
        { name: 'newest releases', tags: 'r*', newest: 2, by: 'created' },
        { name: 'in use', inUse: 'pods.json' },
        { name: 'patches', semver: { perMinor: 3 } },
      ],
      delete: [
        { name: 'old pull requests', tags: 'pr-*', olderThan: '14d' },
        { name: 'the rest', tags: '*' },
      ],
    },
  ],
};

function problems(text: string): RuleProblem[] {
  const read = readRules(text);
  return 'problems' in read ? read.problems : [];
}

/** The example with a line of it changed. */
function changed(from: string, to: string): string {
  expect(EXAMPLE).toContain(from);
  return EXAMPLE.replace(from, to);
}

test('reads the example of the documentation', () => {
  expect(readRules(EXAMPLE)).toEqual({ rules: RULES });
});

test('reads JSON as well', () => {
  expect(readRules(JSON.stringify(RULES))).toEqual({ rules: RULES });
});

test('writes what it reads, an entry a line', () => {
  const text = writeRules(RULES);
  expect(readRules(text)).toEqual({ rules: RULES });
  expect(text).toContain('      - { name: newest releases, tags: r*, newest: 2, by: created }\n');
  expect(text).toContain('    protect: [ stable, v* ]\n');
});

describe('what is not understood is refused, at its place', () => {
  test.each([
    ['newest: 2', 'newst: 2', 'unknownKey', 'rules[0].keep[0].newst', 'newst', 7],
    ['version: 1', 'version: 2', 'wrongValue', 'version', '2', 1],
    ['version: 1\n', '', 'missing', 'version', undefined, 1],
    ['    repositories: ["team/**"]\n', '', 'missing', 'rules[0].repositories', undefined, 3],
    ['newest: 2', 'newest: two', 'wrongType', 'rules[0].keep[0].newest', 'two', 7],
    ['newest: 2', 'newest: 0', 'wrongValue', 'rules[0].keep[0].newest', '0', 7],
    ['newest: 2', 'newest: 1.5', 'wrongType', 'rules[0].keep[0].newest', '1.5', 7],
    ['by: created', 'by: made', 'wrongValue', 'rules[0].keep[0].by', 'made', 7],
    ['olderThan: 14d', 'olderThan: 14 days', 'duration', 'rules[0].delete[0].olderThan', '14 days', 11],
    ['olderThan: 14d', 'olderThan: 14', 'wrongType', 'rules[0].delete[0].olderThan', '14', 11],
    ['olderThan: 14d', 'olderThan: -1d', 'duration', 'rules[0].delete[0].olderThan', '-1d', 11],
    ['"stable", "v*"', '"stable", "v("', 'pattern', 'rules[0].protect', 'v(', 5],
    ['tags: "r*"', 'tags: "{r*"', 'pattern', 'rules[0].keep[0].tags', '{r*', 7],
    ['tags: "r*"', 'tags: "[z-a]"', 'pattern', 'rules[0].keep[0].tags', '[z-a]', 7],
    ['tags: "r*"', 'tags: "!r*"', 'pattern', 'rules[0].keep[0].tags', '!r*', 7],
    ['tags: "r*"', 'regex: "r("', 'regex', 'rules[0].keep[0].regex', 'r(', 7],
    ['tags: "r*"', 'regex: "(r)\\\\1"', 'regex', 'rules[0].keep[0].regex', '(r)\\1', 7],
    ['tags: "r*"', 'tags: ["r*", 3]', 'wrongType', 'rules[0].keep[0].tags[1]', '3', 7],
    ['tags: "r*"', 'tags: 3', 'wrongType', 'rules[0].keep[0].tags', '3', 7],
    ['tags: "r*"', 'tags: []', 'wrongValue', 'rules[0].keep[0].tags', '[]', 7],
    ['name: the rest, tags: "*"', 'name: the rest', 'noCondition', 'rules[0].delete[1]', undefined, 12],
    ['semver: { perMinor: 3 }', 'semver: {}', 'noCondition', 'rules[0].keep[2].semver', undefined, 9],
    [
      'semver: { perMinor: 3 }',
      'semver: { perMinor: 3 }, newest: 2',
      'together',
      'rules[0].keep[2].newest',
      '2',
      9,
    ],
    ['inUse: pods.json', 'inUse: pods.json, by: pulled', 'byAlone', 'rules[0].keep[1].by', 'pulled', 8],
    ['name: the rest', 'name: patches', 'duplicate', 'rules[0].delete[1].name', 'patches', 12],
    [
      'name: the rest, tags: "*"',
      'name: u, tags: "*", untagged: true',
      'together',
      'rules[0].delete[1].tags',
      '*',
      12,
    ],
    [
      'name: the rest, tags: "*"',
      'name: u, untagged: false',
      'wrongValue',
      'rules[0].delete[1].untagged',
      'false',
      12,
    ],
    ['name: the rest, tags: "*"', 'tags: "*"', 'missing', 'rules[0].delete[1].name', undefined, 12],
    [
      'name: the rest, tags: "*"',
      'name: x, newest: 3',
      'unknownKey',
      'rules[0].delete[1].newest',
      'newest',
      12,
    ],
    [
      'inUse: pods.json',
      'inUse: { kubernetes: prod, kubeconfig: x }',
      'unknownKey',
      'rules[0].keep[1].inUse.kubeconfig',
      'kubeconfig',
      8,
    ],
  ])('%s → %s', (from, to, code, path, found, line) => {
    expect(problems(changed(from, to))).toContainEqual(
      expect.objectContaining({ code, path, line, ...(found === undefined ? {} : { found }) }),
    );
  });

  test.each([
    ['no YAML', 'rules: [', 1],
    ['a key twice', 'version: 1\nrules: []\nversion: 1\n', 3],
    ['two documents', `${EXAMPLE}---\n${EXAMPLE}`, 13],
    ['an unknown tag', 'version: !!js 1\nrules: []\n', 1],
  ])('%s', (_, text, line) => {
    expect(problems(text)).toContainEqual(expect.objectContaining({ code: 'syntax', line }));
  });

  test('nothing at all', () => {
    expect(problems('')[0]).toMatchObject({ code: 'wrongType', path: '' });
  });

  test('aliases that lead to more than a file says', () => {
    const bomb = [
      'a: &a [x, x, x, x, x, x, x, x, x, x]',
      ...'bcdefghi'.split('').map((key, at) => {
        const before = 'abcdefghi'[at];
        return `${key}: &${key} [${Array.from({ length: 10 }, () => `*${before}`).join(', ')}]`;
      }),
    ].join('\n');
    expect(problems(bomb)[0]).toMatchObject({ code: 'syntax' });
  });

  test('all that is wrong is told at once, in one sentence each', () => {
    const text = changed('newest: 2, by: created', 'newest: 0, by: made').replace('protect:', 'protects:');
    expect(problems(text).map(({ message }) => message)).toEqual([
      'rules[0].protects: There is no such key. Found: "protects".',
      'rules[0].keep[0].newest: This value cannot be used here. At least 1. Found: "0".',
      'rules[0].keep[0].by: This value cannot be used here. (created, pushed, pulled) Found: "made".',
    ]);
  });
});
