import type { CleanupTag, Rule } from '../../../src-main/engine/cleanup/types.ts';

/** A digest by a letter. */
export function digest(letter: string): string {
  return `sha256:${letter.charCodeAt(0).toString(16).padStart(64, '0')}`;
}

export const NOW = Date.UTC(2026, 10, 26, 12);

/** Days ago. */
export function ago(days: number): string {
  return new Date(NOW - days * 86_400_000).toISOString();
}

export interface Case {
  title: string;
  rule: Omit<Rule, 'name' | 'repositories'>;
  /** Each tag as the letter of its digest and the age of its image in days (none: not known), with what else is known of it. */
  tags: Readonly<
    Record<string, readonly [letter: string, age?: number | undefined, more?: Partial<CleanupTag>]>
  >;
  /** Written by hand: the reason, the entry that decided, and what it goes or stays with. */
  expected: Readonly<Record<string, string>>;
  /** The registry deletes by digest only. */
  byDigest?: true;
  /** What is read of `pods.json`, digests by their letters. */
  inUse?: readonly string[];
}

const REST = { name: 'rest', tags: '*' };
const sig = (letter: string): string => `${digest(letter).replace(':', '-')}.sig`;
const STALE = { name: 'stale', staleReferrers: true } as const;

export const CASES: readonly Case[] = [
  // What nothing matches, and the order
  { title: 'no entries: all stay', rule: {}, tags: { a: ['a', 1] }, expected: { a: 'unmatched' } },
  {
    title: 'what no entry matches stays',
    rule: { delete: [{ name: 'prs', tags: 'pr-*' }] },
    tags: { 'pr-1': ['a', 1], main: ['b', 1] },
    expected: { 'pr-1': 'deleted prs', main: 'unmatched' },
  },
  {
    title: 'protect is before keep and delete',
    rule: { protect: 'stable', keep: [{ name: 'all', tags: '*' }], delete: [REST] },
    tags: { stable: ['a', 1] },
    expected: { stable: 'protected stable' },
  },
  {
    title: 'keep is before delete',
    rule: { keep: [{ name: 'mains', tags: 'main*' }], delete: [REST] },
    tags: { 'main-1': ['a', 1], other: ['b', 1] },
    expected: { 'main-1': 'kept mains', other: 'deleted rest' },
  },
  {
    title: 'the first entry that keeps is named',
    rule: {
      keep: [
        { name: 'one', tags: 'a*' },
        { name: 'two', tags: '*' },
      ],
      delete: [REST],
    },
    tags: { ab: ['a', 1], b: ['b', 1] },
    expected: { ab: 'kept one', b: 'kept two' },
  },
  {
    title: 'the first entry that deletes is named',
    rule: { delete: [{ name: 'old', tags: 'pr-*', olderThan: '14d' }, REST] },
    tags: { 'pr-1': ['a', 20], 'pr-2': ['b', 2] },
    expected: { 'pr-1': 'deleted old', 'pr-2': 'deleted rest' },
  },
  // Patterns
  {
    title: 'a pattern matches the whole name',
    rule: { delete: [{ name: 'x', tags: 'pr' }] },
    tags: { pr: ['a', 1], 'pr-1': ['b', 1], apr: ['c', 1] },
    expected: { pr: 'deleted x', 'pr-1': 'unmatched', apr: 'unmatched' },
  },
  {
    title: 'a dot is a dot',
    rule: { delete: [{ name: 'x', tags: 'v1.*' }] },
    tags: { 'v1.0': ['a', 1], v1x0: ['b', 1] },
    expected: { 'v1.0': 'deleted x', v1x0: 'unmatched' },
  },
  {
    title: 'a question mark is one character',
    rule: { delete: [{ name: 'x', tags: 'v?' }] },
    tags: { v1: ['a', 1], v10: ['b', 1], v: ['c', 1] },
    expected: { v1: 'deleted x', v10: 'unmatched', v: 'unmatched' },
  },
  {
    title: 'classes and alternatives',
    rule: { delete: [{ name: 'x', tags: '{dev,test}-[0-9]' }] },
    tags: { 'dev-1': ['a', 1], 'test-2': ['b', 1], 'dev-x': ['c', 1], 'prod-1': ['d', 1] },
    expected: { 'dev-1': 'deleted x', 'test-2': 'deleted x', 'dev-x': 'unmatched', 'prod-1': 'unmatched' },
  },
  {
    title: 'a class of what it is not',
    rule: { delete: [{ name: 'x', tags: '[!v]*' }] },
    tags: { v1: ['a', 1], dev: ['b', 1] },
    expected: { v1: 'unmatched', dev: 'deleted x' },
  },
  {
    title: 'capitals are other letters',
    rule: { delete: [{ name: 'x', tags: 'PR-*' }] },
    tags: { 'PR-1': ['a', 1], 'pr-1': ['b', 1] },
    expected: { 'PR-1': 'deleted x', 'pr-1': 'unmatched' },
  },
  {
    title: 'one of several patterns is enough',
    rule: { protect: ['stable', 'v*'], delete: [REST] },
    tags: { stable: ['a', 1], v2: ['b', 1], x: ['c', 1] },
    expected: { stable: 'protected stable', v2: 'protected v*', x: 'deleted rest' },
  },
  {
    title: 'a regular expression is found anywhere',
    rule: { delete: [{ name: 'x', regex: '-rc[0-9]+' }] },
    tags: { '1.0-rc1': ['a', 1], '1.0-rc1-amd64': ['b', 1], '1.0': ['c', 1] },
    expected: { '1.0-rc1': 'deleted x', '1.0-rc1-amd64': 'deleted x', '1.0': 'unmatched' },
  },
  {
    title: 'a regular expression with anchors is the whole name',
    rule: { delete: [{ name: 'x', regex: '^[0-9a-f]{7}$' }] },
    tags: { deadbee: ['a', 1], deadbeef: ['b', 1] },
    expected: { deadbee: 'deleted x', deadbeef: 'unmatched' },
  },
  {
    title: 'pattern and regular expression both have to match',
    rule: { delete: [{ name: 'x', tags: 'pr-*', regex: '[0-9]$' }] },
    tags: { 'pr-1': ['a', 1], 'pr-a': ['b', 1], 1: ['c', 1] },
    expected: { 'pr-1': 'deleted x', 'pr-a': 'unmatched', 1: 'unmatched' },
  },
  // Ages
  {
    title: 'older than days',
    rule: { delete: [{ name: 'old', olderThan: '14d' }] },
    tags: { a: ['a', 13.9], b: ['b', 14], c: ['c', 15] },
    expected: { a: 'unmatched', b: 'deleted old', c: 'deleted old' },
  },
  {
    title: 'hours, weeks and years',
    rule: {
      keep: [{ name: 'hours', youngerThan: '36h' }],
      delete: [
        { name: 'year', olderThan: '1y' },
        { name: 'weeks', olderThan: '2w' },
      ],
    },
    tags: { a: ['a', 1], b: ['b', 2], c: ['c', 15], d: ['d', 366] },
    expected: { a: 'kept hours', b: 'unmatched', c: 'deleted weeks', d: 'deleted year' },
  },
  {
    title: 'between two ages',
    rule: { delete: [{ name: 'x', olderThan: '7d', youngerThan: '30d' }] },
    tags: { a: ['a', 6], b: ['b', 20], c: ['c', 31] },
    expected: { a: 'unmatched', b: 'deleted x', c: 'unmatched' },
  },
  {
    title: 'a date that is to come is young',
    rule: { keep: [{ name: 'young', youngerThan: '1d' }], delete: [{ name: 'old', olderThan: '0d' }] },
    tags: { a: ['a', -3] },
    expected: { a: 'kept young' },
  },
  {
    title: 'no date: it stays and says so',
    rule: { delete: [{ name: 'old', olderThan: '14d' }] },
    tags: { a: ['a'] },
    expected: { a: 'unknown old (created)' },
  },
  {
    title: 'no date where a later entry would delete: it stays',
    rule: { delete: [{ name: 'old', tags: 'pr-*', olderThan: '14d' }, REST] },
    tags: { 'pr-1': ['a'], x: ['b'] },
    expected: { 'pr-1': 'unknown old (created)', x: 'deleted rest' },
  },
  {
    title: 'no date where an entry that keeps asks for it: it stays',
    rule: { keep: [{ name: 'young', youngerThan: '1d' }], delete: [REST] },
    tags: { a: ['a'], b: ['b', 2] },
    expected: { a: 'unknown young (created)', b: 'deleted rest' },
  },
  {
    title: 'no date, and kept by another entry',
    rule: {
      keep: [
        { name: 'young', youngerThan: '1d' },
        { name: 'mains', tags: 'main' },
      ],
      delete: [REST],
    },
    tags: { main: ['a'] },
    expected: { main: 'kept mains' },
  },
  {
    title: 'dates of builds that have none are no dates',
    rule: { delete: [{ name: 'old', olderThan: '14d' }] },
    tags: {
      a: ['a', undefined, { created: '1970-01-01T00:00:00Z' }],
      b: ['b', undefined, { created: '1980-01-01T00:00:01Z' }],
      c: ['c', undefined, { created: '0001-01-01T00:00:00Z' }],
      d: ['d', undefined, { created: 'yesterday' }],
    },
    expected: {
      a: 'unknown old (created)',
      b: 'unknown old (created)',
      c: 'unknown old (created)',
      d: 'unknown old (created)',
    },
  },
  {
    title: 'by the push, not by the build',
    rule: { delete: [{ name: 'old', olderThan: '14d', by: 'pushed' }] },
    tags: { a: ['a', 100, { pushed: ago(1) }], b: ['b', 1, { pushed: ago(20) }], c: ['c', 100] },
    expected: { a: 'unmatched', b: 'deleted old', c: 'unknown old (pushed)' },
  },
  {
    title: 'what was never pulled is as old as its push',
    rule: { delete: [{ name: 'unused', olderThan: '90d', by: 'pulled' }] },
    tags: {
      a: ['a', 200, { pulled: ago(1) }],
      b: ['b', 200, { pulled: ago(100) }],
      c: ['c', 200, { pulled: null, pushed: ago(2) }],
      d: ['d', 200, { pulled: null, pushed: ago(91) }],
      e: ['e', 200],
    },
    expected: {
      a: 'unmatched',
      b: 'deleted unused',
      c: 'unmatched',
      d: 'deleted unused',
      e: 'unknown unused (pulled)',
    },
  },
  // The newest
  {
    title: 'the newest two',
    rule: { keep: [{ name: 'newest', tags: 'r*', newest: 2 }], delete: [REST] },
    tags: { r1: ['a', 30], r2: ['b', 20], r3: ['c', 10] },
    expected: { r1: 'deleted rest', r2: 'kept newest', r3: 'kept newest' },
  },
  {
    title: 'the newest of those that match alone',
    rule: { keep: [{ name: 'newest', tags: 'r*', newest: 1 }], delete: [REST] },
    tags: { r1: ['a', 30], dev: ['b', 1] },
    expected: { r1: 'kept newest', dev: 'deleted rest' },
  },
  {
    title: 'fewer than that: all',
    rule: { keep: [{ name: 'newest', newest: 5 }], delete: [REST] },
    tags: { a: ['a', 30], b: ['b', 3] },
    expected: { a: 'kept newest', b: 'kept newest' },
  },
  {
    title: 'images are counted, and all tags of one are kept',
    rule: { keep: [{ name: 'newest', newest: 2 }], delete: [REST] },
    tags: { '1.2': ['c', 1], '1.2.3': ['c', 1], '1.2.2': ['b', 5], '1.2.1': ['a', 9] },
    expected: {
      '1.2': 'kept newest',
      '1.2.3': 'kept newest',
      '1.2.2': 'kept newest',
      '1.2.1': 'deleted rest',
    },
  },
  {
    title: 'what is just as new as the last is kept',
    rule: { keep: [{ name: 'newest', newest: 2 }], delete: [REST] },
    tags: { a: ['a', 1], b: ['b', 5], c: ['c', 5], d: ['d', 6] },
    expected: { a: 'kept newest', b: 'kept newest', c: 'kept newest', d: 'deleted rest' },
  },
  {
    title: 'without a date it may be the newest',
    rule: { keep: [{ name: 'newest', newest: 1 }], delete: [REST] },
    tags: { a: ['a'], b: ['b', 5], c: ['c', 6] },
    expected: { a: 'unknown newest (created)', b: 'kept newest', c: 'deleted rest' },
  },
  {
    title: 'the newest by the push',
    rule: { keep: [{ name: 'newest', newest: 1, by: 'pushed' }], delete: [REST] },
    tags: { a: ['a', 1, { pushed: ago(9) }], b: ['b', 9, { pushed: ago(1) }] },
    expected: { a: 'deleted rest', b: 'kept newest' },
  },
  {
    title: 'what was never pulled takes the place of nothing that was',
    rule: { keep: [{ name: 'pulled', newest: 1, by: 'pulled' }], delete: [REST] },
    tags: {
      a: ['a', 90, { pulled: ago(9) }],
      b: ['b', 1, { pulled: null, pushed: ago(1) }],
      c: ['c', 50, { pulled: null, pushed: ago(50) }],
      d: ['d', 90, { pulled: ago(10) }],
    },
    expected: { a: 'kept pulled', b: 'kept pulled', c: 'deleted rest', d: 'deleted rest' },
  },
  {
    title: 'where fewer were pulled than are kept, the newest of the others are',
    rule: { keep: [{ name: 'pulled', newest: 2, by: 'pulled' }], delete: [REST] },
    tags: {
      a: ['a', 90, { pulled: ago(9) }],
      b: ['b', 40, { pulled: null, pushed: ago(40) }],
      c: ['c', 50, { pulled: null, pushed: ago(50) }],
    },
    expected: { a: 'kept pulled', b: 'kept pulled', c: 'deleted rest' },
  },
  {
    title: 'pulled last',
    rule: { keep: [{ name: 'pulled', newest: 1, by: 'pulled' }], delete: [REST] },
    tags: {
      a: ['a', 1, { pulled: ago(9) }],
      b: ['b', 9, { pulled: ago(1) }],
      c: ['c', 9, { pulled: null, pushed: ago(5) }],
    },
    expected: { a: 'deleted rest', b: 'kept pulled', c: 'deleted rest' },
  },
  {
    title: 'the newest that are also young',
    rule: { keep: [{ name: 'x', newest: 2, youngerThan: '7d' }], delete: [REST] },
    tags: { a: ['a', 1], b: ['b', 8], c: ['c', 9] },
    expected: { a: 'kept x', b: 'deleted rest', c: 'deleted rest' },
  },
  {
    title: 'what is protected counts among the newest all the same',
    rule: { protect: 'r3', keep: [{ name: 'newest', tags: 'r*', newest: 2 }], delete: [REST] },
    tags: { r1: ['a', 3], r2: ['b', 2], r3: ['c', 1] },
    expected: { r1: 'deleted rest', r2: 'kept newest', r3: 'protected r3' },
  },
  // Versions
  {
    title: 'the newest patches of each minor',
    rule: { keep: [{ name: 'patches', semver: { perMinor: 2 } }], delete: [REST] },
    tags: { '1.0.9': ['a', 9], '1.0.10': ['b', 8], '1.0.2': ['c', 1], '1.1.0': ['d', 2], latest: ['e', 1] },
    expected: {
      '1.0.9': 'kept patches',
      '1.0.10': 'kept patches',
      '1.0.2': 'deleted rest',
      '1.1.0': 'kept patches',
      latest: 'deleted rest',
    },
  },
  {
    title: 'versions need no dates',
    rule: { keep: [{ name: 'patches', semver: { perMinor: 1 } }], delete: [REST] },
    tags: { 'v1.0.0': ['a'], 'v1.0.1': ['b'] },
    expected: { 'v1.0.0': 'deleted rest', 'v1.0.1': 'kept patches' },
  },
  {
    title: 'prereleases do not take the place of what is stable',
    rule: { keep: [{ name: 'patches', semver: { perMinor: 1 } }], delete: [REST] },
    tags: { '1.2.3': ['a'], '1.2.4-rc.1': ['b'], '1.2.4-rc.2': ['c'], '1.2.2': ['d'], '1.2.2-rc.1': ['e'] },
    expected: {
      '1.2.3': 'kept patches',
      '1.2.4-rc.1': 'kept patches',
      '1.2.4-rc.2': 'kept patches',
      '1.2.2': 'deleted rest',
      '1.2.2-rc.1': 'deleted rest',
    },
  },
  {
    title: 'a variant is its patch',
    rule: { keep: [{ name: 'patches', semver: { perMinor: 1 } }], delete: [REST] },
    tags: { '1.2.3': ['a'], '1.2.3-alpine': ['b'], '1.2.2': ['c'], '1.2.2-alpine': ['d'] },
    expected: {
      '1.2.3': 'kept patches',
      '1.2.3-alpine': 'kept patches',
      '1.2.2': 'deleted rest',
      '1.2.2-alpine': 'deleted rest',
    },
  },
  {
    title: 'the newest stable one stays whatever else is called a version',
    rule: { keep: [{ name: 'patches', semver: { perMinor: 1 } }], delete: [REST] },
    tags: { '1.2.3': ['a'], '1.2.4-strange': ['b'], '1.2.5-strange': ['c'] },
    expected: { '1.2.3': 'kept patches', '1.2.4-strange': 'deleted rest', '1.2.5-strange': 'kept patches' },
  },
  {
    title: 'the newest patches of each major',
    rule: { keep: [{ name: 'majors', semver: { perMajor: 2 } }], delete: [REST] },
    tags: { '1.9.0': ['a'], '1.10.0': ['b'], '1.10.1': ['c'], '2.0.0': ['d'] },
    expected: {
      '1.9.0': 'deleted rest',
      '1.10.0': 'kept majors',
      '1.10.1': 'kept majors',
      '2.0.0': 'kept majors',
    },
  },
  {
    title: 'by minor or by major is enough',
    rule: { keep: [{ name: 'x', semver: { perMinor: 1, perMajor: 2 } }], delete: [REST] },
    tags: { '1.0.0': ['a'], '1.0.1': ['b'], '1.1.0': ['c'], '1.1.1': ['d'] },
    expected: { '1.0.0': 'deleted rest', '1.0.1': 'kept x', '1.1.0': 'kept x', '1.1.1': 'kept x' },
  },
  {
    title: 'tags of a line stay while it is there; build numbers are no lines',
    rule: { keep: [{ name: 'x', semver: { perMinor: 1 } }], delete: [REST] },
    tags: { '1': ['a'], '1.2': ['a'], '1.2.3': ['a'], '1.9': ['b'], '4711': ['c'] },
    expected: {
      '1': 'kept x',
      '1.2': 'kept x',
      '1.2.3': 'kept x',
      '1.9': 'deleted rest',
      '4711': 'deleted rest',
    },
  },
  {
    title: 'versions among the tags that match',
    rule: { keep: [{ name: 'x', tags: 'v*', semver: { perMinor: 1 } }], delete: [REST] },
    tags: { 'v1.0.0': ['a'], '1.0.1': ['b'] },
    expected: { 'v1.0.0': 'kept x', '1.0.1': 'deleted rest' },
  },
  // What runs
  {
    title: 'in use by its digest, with its other tags',
    rule: { keep: [{ name: 'in use', inUse: 'pods.json' }], delete: [REST] },
    inUse: ['a'],
    tags: { one: ['a', 9, { holds: [] }], two: ['a', 9, { holds: [] }], three: ['b', 9, { holds: [] }] },
    expected: { one: 'kept in use', two: 'kept in use', three: 'deleted rest' },
  },
  {
    title: 'in use by its name, wherever it has moved',
    rule: { keep: [{ name: 'in use', inUse: 'pods.json' }], delete: [REST] },
    inUse: ['team/app:prod', 'team/other:dev'],
    tags: { prod: ['a', 9, { holds: [] }], dev: ['b', 9, { holds: [] }] },
    expected: { prod: 'kept in use', dev: 'deleted rest' },
  },
  {
    title: 'in use by a platform of an index, or by the ID of an image',
    rule: { keep: [{ name: 'in use', inUse: 'pods.json' }], delete: [REST] },
    inUse: ['p', 'q'],
    tags: {
      index: ['a', 9, { holds: [digest('p'), digest('x')] }],
      image: ['b', 9, { holds: [digest('q')] }],
      other: ['c', 9, { holds: [digest('y')] }],
    },
    expected: { index: 'kept in use', image: 'kept in use', other: 'deleted rest' },
  },
  {
    title: 'what was not read may hold what is in use',
    rule: { keep: [{ name: 'in use', inUse: 'pods.json' }], delete: [REST] },
    inUse: ['p'],
    tags: { unread: ['a', 9] },
    expected: { unread: 'unknown in use (contents)' },
  },
  {
    title: 'what is in use and was not read',
    rule: { keep: [{ name: 'in use', inUse: 'pods.json' }], delete: [REST] },
    tags: { a: ['a', 9, { holds: [] }] },
    expected: { a: 'unknown in use (inUse)' },
  },
  {
    title: 'in use among the tags that match',
    rule: { keep: [{ name: 'in use', tags: 'r*', inUse: 'pods.json' }], delete: [REST] },
    inUse: ['a'],
    tags: { r1: ['a', 9, { holds: [] }], dev: ['a', 9, { holds: [] }] },
    expected: { r1: 'kept in use', dev: 'deleted rest' },
  },
  // Shared digests
  {
    title: 'a tag goes alone where that is possible',
    rule: { keep: [{ name: 'r', tags: 'r*' }], delete: [REST] },
    tags: { r1: ['a', 1], 'pr-9': ['a', 1] },
    expected: { r1: 'kept r', 'pr-9': 'deleted rest' },
  },
  {
    title: 'by digest it stays with the tag that stays',
    byDigest: true,
    rule: { keep: [{ name: 'r', tags: 'r*' }], delete: [REST] },
    tags: { r1: ['a', 1], 'pr-9': ['a', 1], 'pr-8': ['b', 1] },
    expected: { r1: 'kept r', 'pr-9': 'needed rest with r1', 'pr-8': 'deleted rest' },
  },
  {
    title: 'by digest all tags of an image go together',
    byDigest: true,
    rule: { delete: [REST] },
    tags: { one: ['a', 1], two: ['a', 1] },
    expected: { one: 'deleted rest', two: 'deleted rest' },
  },
  {
    title: 'by digest a platform stays with the index that stays',
    byDigest: true,
    rule: { protect: 'index', delete: [REST] },
    tags: { index: ['i', 1, { holds: [digest('a')] }], amd64: ['a', 1] },
    expected: { index: 'protected index', amd64: 'needed rest with index' },
  },
  {
    title: 'by digest what is kept for that holds others, too',
    byDigest: true,
    rule: { protect: 'top', delete: [REST] },
    tags: { leaf: ['c', 1], middle: ['b', 1, { holds: [digest('c')] }], top: ['b', 1] },
    expected: { leaf: 'needed rest with middle', middle: 'needed rest with top', top: 'protected top' },
  },
  // What is attached
  {
    title: 'a signature stays with its image',
    rule: { protect: 'v1', delete: [REST] },
    tags: { v1: ['a', 1], [sig('a')]: ['s', 1] },
    expected: { v1: 'protected v1', [sig('a')]: 'attached v1 with v1' },
  },
  {
    title: 'a signature goes with its image',
    rule: { delete: [REST] },
    tags: { v1: ['a', 1], [sig('a')]: ['s', 1] },
    expected: { v1: 'deleted rest', [sig('a')]: 'attached rest with v1' },
  },
  {
    title: 'a signature stays while one tag of its image does',
    rule: { protect: 'v1', delete: [REST] },
    tags: { 'pr-1': ['a', 1], v1: ['a', 1], [sig('a')]: ['s', 1] },
    expected: { 'pr-1': 'deleted rest', v1: 'protected v1', [sig('a')]: 'attached v1 with v1' },
  },
  {
    title: 'a signature of a platform stays with the index',
    rule: { protect: 'v1', delete: [REST] },
    tags: { v1: ['i', 1, { holds: [digest('a')] }], [sig('a')]: ['s', 1] },
    expected: { v1: 'protected v1', [sig('a')]: 'attached v1 with v1' },
  },
  {
    title: 'a signature is no image among the newest',
    rule: { keep: [{ name: 'newest', newest: 1 }], delete: [REST] },
    tags: { v1: ['a', 9], [sig('a')]: ['s', 1] },
    expected: { v1: 'kept newest', [sig('a')]: 'attached newest with v1' },
  },
  {
    title: 'what is attached to a signature goes its way',
    rule: { delete: [REST] },
    tags: { v1: ['a', 9], [sig('a')]: ['s', 1], [sig('s')]: ['t', 1] },
    expected: {
      v1: 'deleted rest',
      [sig('a')]: 'attached rest with v1',
      [sig('s')]: `attached rest with ${sig('a')}`,
    },
  },
  {
    title: 'a signature of nothing that is known stays',
    rule: { delete: [REST] },
    tags: { [sig('z')]: ['s', 1] },
    expected: { [sig('z')]: 'unmatched' },
  },
  {
    title: 'whether its image is there was not asked',
    rule: { delete: [REST, STALE] },
    tags: { [sig('z')]: ['s', 1] },
    expected: { [sig('z')]: 'unknown stale (subject)' },
  },
  {
    title: 'a signature of an image that is gone',
    rule: { delete: [REST, STALE] },
    tags: { [sig('z')]: ['s', 1, { subjectGone: true }] },
    expected: { [sig('z')]: 'deleted stale' },
  },
  {
    title: 'a signature that is kept by its name',
    rule: { keep: [{ name: 'signatures', tags: '*.sig' }], delete: [REST] },
    tags: { v1: ['a', 1], [sig('a')]: ['s', 1] },
    expected: { v1: 'deleted rest', [sig('a')]: 'kept signatures' },
  },
];
