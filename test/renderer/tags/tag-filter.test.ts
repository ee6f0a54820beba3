import { expect, test } from 'vitest';
import { filterRows, parseTagFilter, unlookedAmong } from '../../../src-renderer/tags/tag-filter.ts';
import { describeNames } from '../../../src-renderer/tags/tag-names.ts';
import { TagCollector, TagRowJoiner } from '../../../src-renderer/tags/tag-rows.ts';
import { filterWords } from '../../../src-renderer/tags/tag-suggestions.ts';
import { untaggedRows } from '../../../src-renderer/tags/untagged-rows.ts';
import { finished } from '../finished.ts';
import { join } from './join.ts';
import { answersOf } from './tag-answers.ts';

const NOW = Date.parse('2026-06-01T00:00:00Z');
const linux = (architecture: string) => ({ os: 'linux', architecture });
const answers = answersOf({
  '1.4.2': {
    digest: 'sha256:aaa1',
    size: 2e9,
    created: '2026-03-01T00:00:00Z',
    platforms: [linux('amd64'), { ...linux('arm64'), variant: 'v8' }],
    attached: ['signature'],
  },
  latest: { digest: 'sha256:aaa1', size: 2e9, created: '2026-03-01T00:00:00Z', platforms: [linux('amd64')] },
  'pr-12': {
    digest: 'sha256:bbb2',
    size: 5e6,
    created: '2026-05-31T00:00:00Z',
    platforms: [linux('amd64')],
    attached: [],
  },
  'pr-7': { digest: 'sha256:ccc3', size: 5e6, kind: 'helmChart', attached: [] },
  waiting: { code: 'notFound' },
});
const collector = new TagCollector();
collector.add({ tags: ['1.4.2', 'latest', 'pr-12', 'pr-7', 'waiting'], count: 5, done: true });
const { rows: names } = collector.snapshot();
const changes = new Map([['pr-7', 'new' as const]]);
const rows = join(new TagRowJoiner(), {
  names,
  answers,
  described: finished(describeNames(names)),
  changes,
  grouped: true,
});
const all = [['1.4.2', 'latest'], ['pr-12'], ['pr-7'], ['waiting']];
const tagsOf = (typed: string) =>
  finished(
    filterRows(
      rows,
      parseTagFilter(typed, () => NOW),
    ),
  ).map(({ tags }) => tags.map(({ name }) => name));

test.each([
  ['', all],
  ['PR', [['pr-12'], ['pr-7']]],
  ['pr-*', [['pr-12'], ['pr-7']]],
  ['pr-?', [['pr-7']]],
  ['*4*2', [['1.4.2']]],
  ['!pr-*', [['1.4.2', 'latest'], ['waiting']]],
  ['sha256:aaa', [['1.4.2', 'latest']]],
  ['age>30d', [['1.4.2', 'latest']]],
  ['age<=1d', [['pr-12']]],
  ['age>2mo age<1y', [['1.4.2', 'latest']]],
  ['size>1GB', [['1.4.2', 'latest']]],
  ['size<=5MB', [['pr-12'], ['pr-7']]],
  ['arch:arm64', [['1.4.2', 'latest']]],
  ['platform:linux/arm64', [['1.4.2', 'latest']]],
  ['os:LINUX', [['1.4.2', 'latest'], ['pr-12']]],
  ['signed:yes', [['1.4.2', 'latest']]],
  ['signed:no', [['pr-12'], ['pr-7']]],
  ['!signed:no', [['1.4.2', 'latest']]],
  ['attached:no sbom:no', [['pr-12'], ['pr-7']]],
  ['kind:helmchart', [['pr-7']]],
  ['digest:ccc', [['pr-7']]],
  ['is:version', [['1.4.2']]],
  ['is:moving', [['latest'], ['waiting']]],
  ['is:changed', [['pr-7']]],
])('%s', (typed, expected) => {
  expect(tagsOf(typed)).toEqual(expected);
});

test('an age is counted from the push where that is known, else from the creation', () => {
  const dated = answersOf({
    rebuilt: { digest: 'sha256:1', created: '1970-01-01T00:00:00Z', pushed: '2026-05-31T00:00:00Z' },
    copied: { digest: 'sha256:2', created: '2026-05-31T00:00:00Z', pushed: '2026-01-01T00:00:00Z' },
    built: { digest: 'sha256:3', created: '2026-01-01T00:00:00Z' },
  });
  const listed = new TagCollector();
  listed.add({ tags: [...dated.keys()], count: dated.size, done: true });
  const { rows: known } = listed.snapshot();
  const joined = join(new TagRowJoiner(), {
    names: known,
    answers: dated,
    described: finished(describeNames(known)),
    changes: new Map(),
    grouped: false,
  });
  const filter = parseTagFilter('age>30d', () => NOW);
  expect(finished(filterRows(joined, filter)).map(({ id }) => id)).toEqual(['copied', 'built']);
  const words = filterWords(joined, { families: [] });
  expect(words.find(({ word }) => word === 'age>30d')?.help).toBe('pushedBefore');
});

test('what is not known of a row is neither one way nor the other', () => {
  expect(tagsOf('!age>1d').flat()).not.toContain('waiting');
  expect(tagsOf('!age>1d').flat()).not.toContain('pr-7');
  expect(tagsOf('!kind:image').flat()).toEqual(['pr-7']);
});

test('of images that were not looked through it is not known that nothing is attached', () => {
  const [name] = collector.snapshot().rows;
  const unlooked = join(new TagRowJoiner(), {
    names: name ? [name] : [],
    answers: answersOf({ '1.4.2': { digest: 'sha256:ddd4' } }),
    described: finished(describeNames([])),
    changes,
    grouped: true,
  });
  for (const typed of ['signed:no', '!signed:yes', 'attached:no', 'sbom:yes']) {
    const filter = parseTagFilter(typed, () => NOW);
    expect(finished(filterRows(unlooked, filter))).toEqual([]);
    expect(unlookedAmong(unlooked, filter)).toBe(1);
  }
  expect(
    unlookedAmong(
      unlooked,
      parseTagFilter('age>1d', () => NOW),
    ),
  ).toBe(0);
  expect(
    unlookedAmong(
      rows,
      parseTagFilter('signed:no', () => NOW),
    ),
  ).toBe(0);
});

test('manifests without a tag are asked for by a word of their own, and told by all that is known of them', () => {
  const untagged = untaggedRows([
    {
      digest: 'sha256:eee5',
      mediaType: 'application/vnd.oci.image.manifest.v1+json',
      kind: 'image',
      size: 3e9,
      created: '2026-01-01T00:00:00Z',
      platforms: [linux('amd64')],
      attested: false,
    },
  ]);
  const passing = (typed: string) =>
    finished(
      filterRows(
        [...rows, ...untagged],
        parseTagFilter(typed, () => NOW),
      ),
    ).map(({ id }) => id);
  expect(passing('untagged')).toEqual(['sha256:eee5']);
  expect(passing('untagged size>1GB age>30d !latest eee')).toEqual(['sha256:eee5']);
  expect(passing('untagged pr-*')).toEqual([]);
  expect(passing('untagged size<1GB')).toEqual([]);
  expect(passing('!untagged size>1GB')).toEqual(['sha256:aaa1']);
  expect(parseTagFilter('untagged', () => NOW).untagged).toBe(true);
  expect(parseTagFilter('!untagged', () => NOW).untagged).toBe(false);
});

test.each(['age>', 'age>soon', 'size>1XB', 'signed:maybe', 'kind:cat', 'is:odd', 'weight>3'])(
  '%s is not understood and left out',
  (typed) => {
    expect(parseTagFilter(typed, () => NOW).problems).toEqual([typed]);
    expect(tagsOf(typed)).toEqual(all);
  },
);

test('the same rows give the same array, and a row that passes in part the same object each time', () => {
  const filter = parseTagFilter('latest', () => NOW);
  const [first] = finished(filterRows(rows, filter));
  expect(first?.image).toBe(rows[0]?.image);
  expect(finished(filterRows(rows, filter))[0]).toBe(first);
  expect(
    finished(
      filterRows(
        rows,
        parseTagFilter('', () => NOW),
      ),
    ),
  ).toBe(rows);
});

test('a pattern that is made to take long does not', () => {
  const name = 'a'.repeat(128);
  const long = new TagCollector();
  long.add({ tags: [name], count: 1, done: true });
  const asked = { names: long.snapshot().rows, answers: new Map(), changes, grouped: true };
  const row = join(new TagRowJoiner(), { ...asked, described: finished(describeNames(asked.names)) });
  expect(
    finished(
      filterRows(
        row,
        parseTagFilter(`${'*a'.repeat(60)}*b`, () => NOW),
      ),
    ),
  ).toEqual([]);
}, 2_000);
