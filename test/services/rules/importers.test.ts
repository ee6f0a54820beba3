import { describe, expect, test } from 'vitest';
import type { RuleFormat } from '../../../src-main/common/rule-formats.ts';
import { importRules } from '../../../src-main/services/rules/importers/index.ts';
import { readRules } from '../../../src-main/services/rules/text.ts';

/** The rules and the notes, as `code: words`. */
function taken(format: RuleFormat, policy: unknown, scope = '') {
  const given = typeof policy === 'string' ? policy : JSON.stringify(policy);
  const { rules, text: written, notes } = importRules(format, given, scope);
  expect(readRules(written)).toEqual({ rules });
  return { rules: rules.rules, notes: notes.map(({ code, found }) => `${code}: ${found}`) };
}

describe('Harbor', () => {
  const selector = (decoration: string, pattern: string, extras?: string) => ({
    kind: 'doublestar',
    decoration,
    pattern,
    ...(extras === undefined ? {} : { extras }),
  });
  const rule = (
    template: string,
    params: object,
    tags: object[],
    repositories: object[],
    more: object = {},
  ) => ({
    action: 'retain',
    template,
    params,
    tag_selectors: tags,
    scope_selectors: { repository: repositories },
    ...more,
  });
  const policy = (...rules: object[]) => ({
    algorithm: 'or',
    rules,
    trigger: { kind: 'Schedule', settings: { cron: '' } },
  });
  const all = [selector('repoMatches', '**')];

  test('each template becomes an entry that keeps, and the rest goes', () => {
    expect(
      taken(
        'harbor',
        policy(
          rule('latestPushedK', { latestPushedK: 10 }, [selector('matches', '**')], all),
          rule('latestPulledN', { latestPulledN: '5' }, [selector('matches', 'v*')], all),
          rule('nDaysSinceLastPush', { nDaysSinceLastPush: 30 }, [selector('matches', '{dev,test}-*')], all),
          rule('nDaysSinceLastPull', { nDaysSinceLastPull: 7 }, [selector('matches', '**')], all),
          rule('always', {}, [selector('matches', 'stable')], [selector('repoMatches', 'web')]),
        ),
        'shop',
      ),
    ).toEqual({
      rules: [
        {
          name: 'shop/**',
          repositories: ['shop/**'],
          keep: [
            { name: 'rule 1: latestPushedK', tags: '*', newest: 10, by: 'pushed' },
            { name: 'rule 2: latestPulledN', tags: 'v*', newest: 5, by: 'pulled' },
            { name: 'rule 3: nDaysSinceLastPush', tags: '{dev,test}-*', youngerThan: '30d', by: 'pushed' },
            { name: 'rule 4: nDaysSinceLastPull', tags: '*', youngerThan: '7d', by: 'pulled' },
          ],
          delete: [{ name: 'the rest', tags: '*' }],
        },
        {
          name: 'shop/web',
          repositories: ['shop/web'],
          keep: [{ name: 'rule 5: always', tags: 'stable' }],
          delete: [{ name: 'the rest', tags: '*' }],
        },
      ],
      notes: [],
    });
  });

  test('what is left out is said, and nothing goes that a rule without its like retains', () => {
    expect(
      taken(
        'harbor',
        {
          ...policy(
            rule('latestActiveK', { latestActiveK: 3 }, [selector('matches', '**')], all),
            rule(
              'always',
              {},
              [selector('excludes', 'dev-*', '{"untagged":true}')],
              [selector('repoExcludes', 'base')],
            ),
            rule('always', {}, [], all, { disabled: true }),
          ),
          trigger: { settings: { cron: '0 0 0 * * *' } },
        },
        'shop',
      ),
    ).toEqual({
      rules: [
        { name: 'rule 2: always, except', repositories: ['shop/base'], protect: '*' },
        { name: 'shop/**', repositories: ['shop/**'], keep: [{ name: 'rule 2: always', tags: '*' }] },
      ],
      notes: [
        'schedule: 0 0 0 * * *',
        'selector: rule 1: latestActiveK',
        'untagged: rule 2: always',
        'except: rule 2: always: excludes dev-*',
        'disabled: rule 3: always',
      ],
    });
  });
});

describe('Amazon ECR', () => {
  const rule = (rulePriority: number, description: string, selection: object, type = 'expire') => ({
    rulePriority,
    description,
    selection,
    action: { type },
  });

  test('counts keep the newest, ages delete', () => {
    expect(
      taken(
        'ecr',
        {
          rules: [
            rule(2, 'old', {
              tagStatus: 'any',
              countType: 'sinceImagePushed',
              countUnit: 'days',
              countNumber: 90,
            }),
            rule(1, 'releases', {
              tagStatus: 'tagged',
              tagPrefixList: ['v'],
              countType: 'imageCountMoreThan',
              countNumber: 5,
            }),
            rule(3, 'unused', {
              tagStatus: 'tagged',
              tagPatternList: ['dev*-x'],
              countType: 'sinceImagePulled',
              countUnit: 'days',
              countNumber: 14,
            }),
          ],
        },
        'team/app',
      ),
    ).toEqual({
      rules: [
        {
          name: 'team/app',
          repositories: 'team/app',
          keep: [
            { name: 'releases', tags: 'v*', newest: 5, by: 'pushed' },
            { name: 'old: not yet', tags: '*', youngerThan: '90d', by: 'pushed' },
          ],
          delete: [
            { name: 'releases: all others', tags: 'v*' },
            { name: 'old', tags: '*', olderThan: '90d', by: 'pushed' },
            { name: 'old (untagged)', untagged: true, olderThan: '90d', by: 'pushed' },
            { name: 'unused', tags: 'dev*-x', olderThan: '14d', by: 'pulled' },
          ],
        },
      ],
      notes: ['order: 2, 1, 3'],
    });
  });

  test('what is left out is said', () => {
    expect(
      taken('ecr', {
        rules: [
          rule(
            1,
            'archive',
            { tagStatus: 'any', countType: 'sinceImagePulled', countNumber: 9 },
            'transition',
          ),
          rule(2, '', { tagStatus: 'any', countType: 'sinceImageTransitioned', countNumber: 9 }),
          rule(3, 'both', {
            tagStatus: 'tagged',
            tagPatternList: ['a*', 'b*'],
            countType: 'imageCountMoreThan',
            countNumber: 1,
          }),
          rule(4, 'loose', { tagStatus: 'untagged', countType: 'imageCountMoreThan', countNumber: 1 }),
        ],
      }),
    ).toEqual({
      rules: [
        {
          name: 'lifecycle policy',
          repositories: '**',
          keep: [
            { name: 'rule 2: not known', tags: '*' },
            { name: 'both', tags: ['a*', 'b*'] },
          ],
        },
      ],
      notes: [
        'order: 1, 2, 3, 4',
        'action: archive: transition',
        'selector: rule 2: sinceImageTransitioned',
        'except: both: a*, b*',
        'count: loose: untagged',
      ],
    });
  });

  test('what is archived there is no matter of ours, and nothing else goes for it', () => {
    const selection = { tagStatus: 'any', countType: 'imageCountMoreThan', countNumber: 5 };
    const { rules, notes } = taken('ecr', {
      rules: [rule(1, 'archived', { ...selection, storageClass: 'archive' })],
    });
    expect(rules[0]?.delete).toBeUndefined();
    expect(rules[0]?.keep).toEqual([{ name: 'archived: not known', tags: '*' }]);
    expect(notes).toEqual(['selector: archived: archive']);
    const standard = { rules: [rule(1, 'standard', { ...selection, storageClass: 'standard' })] };
    expect(taken('ecr', standard).rules[0]?.keep).toMatchObject([{ newest: 5 }]);
  });

  test('what a rule names is no matter of the rules after it, as people write them: versions, then all others', () => {
    const selection = { tagStatus: 'tagged', countType: 'imageCountMoreThan', countNumber: 10 };
    const policy = {
      rules: [
        rule(1, 'Keep versions', { ...selection, tagPatternList: ['*.*.*', 'v*.*.*'] }),
        rule(2, 'Branches for a year', {
          tagStatus: 'tagged',
          tagPrefixList: ['branch-'],
          countType: 'sinceImagePushed',
          countUnit: 'days',
          countNumber: 365,
        }),
        rule(3, 'Keep the last ten', { ...selection, tagPatternList: ['*'] }),
      ],
    };
    expect(taken('ecr', policy).rules[0]?.keep).toEqual([
      { name: 'Keep versions', tags: ['*.*.*', 'v*.*.*'] },
      { name: 'Branches for a year: not yet', tags: 'branch-*', youngerThan: '365d', by: 'pushed' },
      { name: 'Keep the last ten', tags: '*', newest: 10, by: 'pushed' },
    ]);
    // As the command line of AWS prints it.
    const printed = {
      registryId: '123456789012',
      repositoryName: 'team/app',
      lifecyclePolicyText: JSON.stringify(policy),
      lastEvaluatedAt: '1970-01-01T00:00:00+00:00',
    };
    expect(taken('ecr', printed)).toEqual(taken('ecr', policy, 'team/app'));
  });
});

describe('GitLab', () => {
  test('a project with its policy', () => {
    expect(
      taken(
        'gitlab',
        {
          id: 5,
          container_expiration_policy: {
            cadence: '1d',
            enabled: true,
            keep_n: 10,
            older_than: '90d',
            name_regex: '.*',
            name_regex_keep: 'v.+|main',
            next_run_at: '2026-11-27T00:00:00Z',
          },
        },
        'group/app',
      ),
    ).toEqual({
      rules: [
        {
          name: 'group/app',
          repositories: ['group/app', 'group/app/**'],
          protect: 'latest',
          keep: [
            { name: 'names to keep', regex: '^(?:v.+|main)$' },
            { name: 'newest', regex: '^(?:.*)$', newest: 11 },
          ],
          delete: [{ name: 'names to remove', regex: '^(?:.*)$', olderThan: '90d' }],
        },
      ],
      notes: ['schedule: 1d', 'count: keep_n: 10'],
    });
  });

  test('one that removes nothing, and one whose age is not known', () => {
    expect(taken('gitlab', { enabled: false, keep_n: 1 }, 'g/a').rules).toEqual([
      { name: 'g/a', repositories: ['g/a', 'g/a/**'], protect: 'latest' },
    ]);
    expect(taken('gitlab', { name_regex_delete: '.*', older_than: 'soon' }, 'g/a')).toMatchObject({
      rules: [{ protect: 'latest' }],
      notes: ['setting: older_than: soon'],
    });
  });
});

describe('Azure', () => {
  test('lines with acr purge, in a task as well', () => {
    expect(
      taken(
        'acr',
        `PURGE_CMD="acr purge --filter 'samples/devimage1:.*' --filter 'team/.*:^pr-[0-9]+$' \\
          --ago 7d --keep 3 --untagged --dry-run"
az acr run --cmd "acr purge --filter=hello:.* --ago=1d12h --untagged-only" --registry myregistry /dev/null`,
      ),
    ).toEqual({
      rules: [
        {
          name: 'samples/devimage1:.*',
          repositories: 'samples/devimage1',
          keep: [{ name: 'newest', regex: '.*', newest: 3, by: 'pushed' }],
          delete: [
            { name: 'purge', regex: '.*', olderThan: '7d', by: 'pushed' },
            { name: 'untagged', untagged: true, olderThan: '7d', by: 'pushed' },
          ],
        },
        {
          name: 'team/.*:^pr-[0-9]+$',
          repositories: 'team/**',
          keep: [{ name: 'newest', regex: '^pr-[0-9]+$', newest: 3, by: 'pushed' }],
          delete: [
            { name: 'purge', regex: '^pr-[0-9]+$', olderThan: '7d', by: 'pushed' },
            { name: 'untagged', untagged: true, olderThan: '7d', by: 'pushed' },
          ],
        },
        {
          name: 'hello:.*',
          repositories: 'hello',
          delete: [{ name: 'untagged', untagged: true, olderThan: '2160m', by: 'pushed' }],
        },
      ],
      notes: ['count: --keep 3'],
    });
  });

  test('as its documentation has them: at once, every repository, a name that only begins so, a registry by its flag', () => {
    const read = (command: string) => taken('acr', command).rules;
    expect(
      read(
        "PURGE_CMD=\"acr purge --filter 'samples/devimage1:.*' --filter 'samples/devimage2:.*' --ago 0d --untagged --dry-run\"",
      ),
    ).toMatchObject([
      { repositories: 'samples/devimage1', delete: [{ regex: '.*', olderThan: '0d' }, { untagged: true }] },
      { repositories: 'samples/devimage2' },
    ]);
    expect(read('acr purge --filter ".*:.*" --ago 1d')[0]).toMatchObject({ repositories: '**' });
    expect(read('acr purge -r example --filter ".*/cache:.*" --ago 30d --keep 5')[0]).toMatchObject({
      repositories: '**/cache',
      keep: [{ newest: 5, by: 'pushed' }],
    });
    // An expression that looks ahead is none here: it is refused, and nothing goes for it.
    expect(() => read('acr purge --filter "hello:^(?!latest).*$" --ago 1d')).toThrow();
  });

  test('a task by the command line of Azure: its schedule is said, and what else it is told is no matter of the purge', () => {
    const { rules, notes } = taken(
      'acr',
      `az acr task create --name purgeTask \\
        --cmd "acr purge --filter 'samples/devimage1:.*' --ago 0d --untagged --repository-page-size 10" \\
        --schedule "0 1 * * Sun" --registry $ACR_NAME --context /dev/null`,
    );
    expect(rules).toMatchObject([
      { repositories: 'samples/devimage1', delete: [{ olderThan: '0d' }, { untagged: true }] },
    ]);
    expect(notes).toEqual(['schedule: 0 1 * * Sun']);
  });

  test('of two commands in a line each has its own age', () => {
    const { rules, notes } = taken(
      'acr',
      `az acr run --cmd "acr purge --filter 'a:.*' --ago 30d && acr purge --filter 'b:.*' --ago 1d" --registry r /dev/null`,
    );
    expect(
      rules.map(({ name, delete: remove }) => [name, remove?.map(({ olderThan }) => olderThan)]),
    ).toEqual([
      ['a:.*', ['30d']],
      ['b:.*', ['1d']],
    ]);
    expect(notes).toEqual([]);
  });

  test('what is left out is said', () => {
    expect(
      taken(
        'acr',
        "acr purge --filter '(a|b):.*' --filter 'c:.*' --ago 3d --exclude x\nacr purge --filter 'd:.*' --ago soon",
      ),
    ).toEqual({
      rules: [
        {
          name: 'c:.*',
          repositories: 'c',
          delete: [{ name: 'purge', regex: '.*', olderThan: '3d', by: 'pushed' }],
        },
      ],
      notes: ['setting: --exclude x', 'pattern: (a|b):.*', 'setting: --ago soon'],
    });
  });
});

test.each([
  [
    'a shell, in two lines',
    'az acr run --cmd "acr purge --filter \'app:.*\' \\\n    --ago 30d --untagged" --registry r /dev/null',
  ],
  ['PowerShell', 'az acr run `\n--cmd "acr purge --filter \'app:.*\' `\n --ago 30d --untagged" `\n/dev/null'],
  [
    'a task',
    "version: v1.1.0\nsteps:\n  - cmd: acr purge --filter 'app:.*' --ago 30d --untagged\n    timeout: 60",
  ],
  [
    'a folded task',
    "steps:\n  - cmd: >-\n      acr purge\n      --filter 'app:.*'\n      --ago 30d --untagged\n  - cmd: bash",
  ],
  ['its image', "  - cmd: mcr.microsoft.com/acr/acr-cli:0.14 purge --filter 'app:.*' --ago 30d --untagged"],
  ['JSON', JSON.stringify({ cmd: 'acr purge --filter "app:.*" --ago 30d --untagged' })],
])('acr purge in %s', (_, text) => {
  expect(taken('acr', text)).toEqual({
    rules: [
      {
        name: 'app:.*',
        repositories: 'app',
        delete: [
          { name: 'purge', regex: '.*', olderThan: '30d', by: 'pushed' },
          { name: 'untagged', untagged: true, olderThan: '30d', by: 'pushed' },
        ],
      },
    ],
    notes: [],
  });
});

test('GitLab writes both regular expressions, the one that is not used empty', () => {
  const policy = { cadence: null, enabled: true, keep_n: 1, older_than: '14d', name_regex_keep: null };
  const given = (names: object) => taken('gitlab', { container_expiration_policy: { ...policy, ...names } });
  const used = given({ name_regex: '', name_regex_delete: '.*', next_run_at: '2026-01-01T00:00:00Z' });
  expect(used.rules[0]?.delete).toEqual([{ name: 'names to remove', regex: '^(?:.*)$', olderThan: '14d' }]);
  expect(given({ name_regex: '.*', name_regex_delete: '' })).toEqual(used);
});

test('Harbor: stars and choices as people write them stand for the same here', () => {
  const one = (pattern: string) => ({
    disabled: false,
    priority: 1,
    action: 'retain',
    template: 'latestPushedK',
    params: { latestPushedK: 10 },
    tag_selectors: [{ kind: 'doublestar', decoration: 'matches', pattern }],
  });
  const { rules } = taken('harbor', { rules: [one('release-**'), one('{v*,r*}'), one('**')] }, 'team');
  expect(rules[0]?.keep?.map(({ tags }) => tags)).toEqual(['release-**', '{v*,r*}', '*']);
});

describe('zot', () => {
  const retention = {
    dryRun: false,
    delay: '24h',
    policies: [
      {
        repositories: ['infra/*', 'prod/*'],
        deleteReferrers: true,
        deleteUntagged: true,
        keepTags: [
          { patterns: ['v2.*', '.*-prod'] },
          { patterns: ['v3.*'], mostRecentlyPushedCount: 5, pulledWithin: '168h' },
        ],
      },
      { repositories: ['tmp/**'], deleteUntagged: false },
    ],
  };
  const expected = {
    rules: [
      {
        name: 'infra/*, prod/*',
        repositories: ['infra/*', 'prod/*'],
        keep: [
          { name: 'v2.*, .*-prod: kept', regex: '(?:v2.*)|(?:.*-prod)' },
          { name: 'v3.*: pushed last', regex: '(?:v3.*)', newest: 5, by: 'pushed' },
          { name: 'v3.*: pulled within', regex: '(?:v3.*)', youngerThan: '168h', by: 'pulled' },
          { name: 'v3.*: pulled within, or pushed', regex: '(?:v3.*)', youngerThan: '168h', by: 'pushed' },
        ],
        delete: [
          { name: 'the rest', tags: '*' },
          { name: 'untagged', untagged: true, olderThan: '24h', by: 'pushed' },
          { name: 'stale referrers', staleReferrers: true },
        ],
      },
      { name: 'tmp/**', repositories: ['tmp/**'] },
    ],
    notes: ['order: infra/*, prod/*; tmp/**'],
  };

  test('its configuration in JSON, the retention alone, and YAML', () => {
    expect(taken('zot', { distSpecVersion: '1.1.0', storage: { gc: true, retention } })).toEqual(expected);
    expect(taken('zot', retention)).toEqual(expected);
    expect(
      taken('zot', 'retention:\n  delay: 24h\n  policies:\n    - repositories: [tmp/**]\n').rules,
    ).toEqual([
      {
        name: 'tmp/**',
        repositories: ['tmp/**'],
        delete: [{ name: 'untagged', untagged: true, olderThan: '24h', by: 'pushed' }],
      },
    ]);
  });

  test('names in whatever case are the same, and parts of the storage with a retention of their own are named', () => {
    const { policies } = retention;
    const shouted = policies.map(({ keepTags, ...policy }) => ({ ...policy, KeepTags: keepTags }));
    expect(taken('zot', { Storage: { Retention: { ...retention, policies: shouted } } })).toEqual(expected);
    expect(taken('zot', { ...retention, dryRun: true }).notes).toContain('setting: dryRun: true');
    const parts = { subPaths: { '/a': { retention }, '/b': { dedupe: true } } };
    expect(taken('zot', { storage: { retention, ...parts } }).notes).toContain('selector: subPaths: /a');
  });

  test('as its documentation has it: a default policy without repositories, conditions that stand by themselves', () => {
    const documented = {
      storage: {
        retention: {
          dryRun: false,
          delay: '24h',
          policies: [
            {
              repoNames: ['infra/*', 'tmp/**'],
              deleteReferrers: false,
              deleteUntagged: true,
              keepTags: [
                { patterns: ['v2.*', '.*-prod'], mostRecentlyPulledCount: 10, pushedWithin: '720h' },
              ],
            },
            { keepTags: { patterns: ['.*'] } },
          ],
        },
      },
    };
    const { rules, notes } = taken('zot', documented);
    expect(notes).toEqual(['order: infra/*, tmp/**; **']);
    expect(rules[0]).toMatchObject({
      repositories: ['infra/*', 'tmp/**'],
      keep: [{ newest: 10 }, { by: 'pushed' }],
    });
    expect(rules[1]).toMatchObject({ repositories: ['**'], keep: [{ name: '.*: kept', regex: '(?:.*)' }] });
  });

  test('a setting that is not known is refused: it may keep something', () => {
    const [policy] = retention.policies;
    expect(() => taken('zot', { policies: [{ ...policy, keepAlways: ['x'] }] })).toThrow('keepAlways');
  });
});

test.each<[RuleFormat, string]>([
  ['harbor', '{"rules": []}'],
  ['harbor', '[]'],
  ['ecr', '{'],
  ['ecr', '{"rules": [{"rulePriority": 1}]}'],
  ['gitlab', '3'],
  ['acr', 'docker image prune'],
  ['zot', '{"storage": {}}'],
  ['zot', '{ a'],
  [
    'ecr',
    '{"rules":[{"rulePriority":1,"selection":{"tagStatus":"tagged","tagPatternList":["a b"],"countType":"imageCountMoreThan","countNumber":1},"action":{"type":"expire"}}]}',
  ],
])('%s: something else is refused: %s', (format, text) => {
  expect(() => importRules(format, text, '')).toThrow(expect.objectContaining({ code: 'invalidInput' }));
});
