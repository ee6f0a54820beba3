import { describe, expect, test } from 'vitest';
import { compileRules } from '../../../src-main/engine/cleanup/compile.ts';
import { decide } from '../../../src-main/engine/cleanup/decide.ts';
import type {
  CleanupContext,
  CleanupManifest,
  CleanupRepository,
  Decision,
  Decisions,
  InUse,
  Rule,
} from '../../../src-main/engine/cleanup/types.ts';
import { ago, CASES, type Case, digest, NOW } from './cases.ts';

function decided(
  repository: Omit<CleanupRepository, 'name'>,
  rules: readonly Rule[],
  context: Partial<CleanupContext> = {},
): Decisions {
  const steps = decide({ name: 'team/app', ...repository }, compileRules(rules), {
    now: NOW,
    tagsAlone: true,
    inUse: new Map(),
    ...context,
  });
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** As the cases write it. */
function inWords({ reason, entry, missing, with: other }: Decision): string {
  return [
    reason,
    ...(entry === undefined ? [] : [entry]),
    ...(missing === undefined ? [] : [`(${missing})`]),
    ...(other === undefined ? [] : [`with ${other}`]),
  ].join(' ');
}

const STAYS: ReadonlySet<Decision['reason']> = new Set([
  'protected',
  'kept',
  'unmatched',
  'unknown',
  'needed',
]);

function outcome({ rule, tags, byDigest, inUse }: Case): Record<string, string> {
  const all = Object.entries(tags).map(([name, [letter, age, more]]) => ({
    name,
    digest: digest(letter),
    ...(age === undefined ? {} : { created: ago(age) }),
    ...more,
  }));
  const used: InUse | undefined = inUse && {
    digests: new Set(inUse.filter((each) => each.length === 1).map(digest)),
    names: new Set(inUse.filter((each) => each.length > 1)),
  };
  const decisions = decided({ tags: all }, [{ name: 'team', repositories: 'team/**', ...rule }], {
    tagsAlone: !byDigest,
    inUse: new Map(used ? [['pods.json', used]] : []),
  });
  for (const decision of decisions.tags) {
    if (STAYS.has(decision.reason)) expect(decision.keep).toBe(true);
    if (decision.reason === 'deleted') expect(decision.keep).toBe(false);
  }
  return Object.fromEntries(
    all.map(({ name }, at) => [name, inWords(decisions.tags[at] ?? { keep: true, reason: 'unmatched' })]),
  );
}

describe('what becomes of each tag', () => {
  test.each(CASES)('$title', (one) => {
    expect(outcome(one)).toEqual(one.expected);
  });

  test('there are 60 cases at least, each of its own', () => {
    expect(new Set(CASES.map(({ title }) => title)).size).toBe(CASES.length);
    expect(CASES.length).toBeGreaterThanOrEqual(60);
  });
});

describe('which rules are about a repository', () => {
  const tags = [{ name: 'a', digest: digest('a') }];
  const rules = (repositories: string | readonly string[]): Rule[] => [
    { name: 'x', repositories, delete: [{ name: 'rest', tags: '*' }] },
  ];

  test.each([
    ['team/**', true],
    ['team/*', true],
    ['**', true],
    ['**/app', true],
    ['team/app', true],
    ['{team,ops}/app', true],
    ['*', false],
    ['team', false],
    ['team/app/**', false],
    ['other/**', false],
    ['**/ap', false],
  ])('%s: %s', (pattern, isIt) => {
    expect(decided({ tags }, rules(pattern)).tags[0]?.keep).toBe(!isIt);
    expect(compileRules(rules(pattern)).governs('team/app')).toBe(isIt);
  });

  test('what one rule protects or keeps, no other deletes', () => {
    const all: Rule[] = [
      { name: 'everything', repositories: '**', delete: [{ name: 'rest', tags: '*' }] },
      {
        name: 'team',
        repositories: 'team/**',
        protect: 'stable',
        keep: [{ name: 'young', youngerThan: '1d' }],
      },
    ];
    const { tags: decisions } = decided(
      {
        tags: [
          { name: 'stable', digest: digest('a'), created: ago(9) },
          { name: 'new', digest: digest('b'), created: ago(0.5) },
          { name: 'old', digest: digest('c'), created: ago(9) },
        ],
      },
      all,
    );
    expect(decisions).toEqual([
      { keep: true, reason: 'protected', rule: 'team', entry: 'stable' },
      { keep: true, reason: 'kept', rule: 'team', entry: 'young' },
      { keep: false, reason: 'deleted', rule: 'everything', entry: 'rest' },
    ]);
  });
});

describe('manifests without a tag', () => {
  const rules: Rule[] = [
    {
      name: 'x',
      repositories: '**',
      keep: [{ name: 'in use', inUse: 'pods.json' }],
      delete: [
        { name: 'untagged', untagged: true, olderThan: '7d' },
        { name: 'stale', staleReferrers: true },
      ],
    },
  ];
  const tags = [{ name: 'v1', digest: digest('a'), holds: [digest('p')] }];
  const fate = (
    manifest: Omit<CleanupManifest, 'digest'>,
    of = 'u',
    among: CleanupRepository['tags'] = tags,
  ) => {
    const { untagged } = decided({ tags: among, untagged: [{ digest: digest(of), ...manifest }] }, rules, {
      inUse: new Map([['pods.json', { digests: new Set([digest('r')]), names: new Set<string>() }]]),
    });
    return inWords(untagged[0] ?? { keep: true, reason: 'unmatched' });
  };

  test('goes by age', () => {
    expect(fate({ holds: [], created: ago(8) })).toBe('deleted untagged');
    expect(fate({ holds: [], created: ago(6) })).toBe('unmatched');
    expect(fate({ holds: [] })).toBe('unknown untagged (created)');
  });

  test('stays while an index contains it', () => {
    expect(fate({ holds: [], created: ago(8) }, 'p')).toBe('attached with v1');
  });

  test('stays where an index that was not read may contain it, or it was not read itself', () => {
    expect(fate({ holds: [], created: ago(8) }, 'u', [{ name: 'v1', digest: digest('a') }])).toBe(
      'unknown untagged (contents)',
    );
    expect(fate({ created: ago(8) })).toBe('unknown in use (contents)');
  });

  test('stays while it is in use', () => {
    expect(fate({ holds: [], created: ago(8) }, 'r')).toBe('kept in use');
  });

  test('stays with what it is attached to, and goes as stale once the registry was asked for that', () => {
    expect(fate({ holds: [], subject: digest('a') })).toBe('attached with v1');
    expect(fate({ holds: [], subject: digest('p') })).toBe('attached with v1');
    expect(fate({ holds: [], subject: digest('z') })).toBe('unknown stale (subject)');
    expect(fate({ holds: [], subject: digest('z'), subjectGone: true })).toBe('deleted stale');
  });

  test('a signature by tag follows it', () => {
    const name = `${digest('u').replace(':', '-')}.sig`;
    const { tags: decisions } = decided(
      {
        tags: [{ name, digest: digest('s'), holds: [] }],
        untagged: [{ digest: digest('u'), holds: [], created: ago(8) }],
      },
      rules,
      { inUse: new Map([['pods.json', { digests: new Set<string>(), names: new Set<string>() }]]) },
    );
    expect(decisions[0]).toEqual({
      keep: false,
      reason: 'attached',
      rule: 'x',
      entry: 'untagged',
      with: digest('u'),
    });
  });
});

test('100,000 tags are decided in slices', () => {
  const tags = Array.from({ length: 100_000 }, (_, at) => ({
    name: at % 3 === 0 ? `pr-${at}` : `1.${at % 50}.${at}`,
    digest: `sha256:${at.toString(16).padStart(64, '0')}`,
    created: ago(at / 1000),
    holds: [],
  }));
  const steps = decide(
    { name: 'team/app', tags },
    compileRules([
      {
        name: 'x',
        repositories: '**',
        keep: [
          { name: 'newest', tags: '1.*', newest: 100 },
          { name: 'patches', semver: { perMinor: 2 } },
        ],
        delete: [{ name: 'prs', regex: '^pr-\\d+$', olderThan: '14d' }],
      },
    ]),
    { now: NOW, tagsAlone: false, inUse: new Map() },
  );
  let slices = 0;
  while (!steps.next().done) slices++;
  expect(slices).toBeGreaterThan(1000);
});
