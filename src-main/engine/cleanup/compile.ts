import type { CleanupDate } from '../vocabulary/cleanup.ts';
import { anyPattern, type Matches, PatternError, regexPattern } from './patterns.ts';
import type { DeleteRule, KeepRule, Rule, SemverLines, Source } from './types.ts';

/** An entry with its patterns and times read. */
export interface Entry {
  readonly rule: string;
  readonly name: string;
  /** By the conditions of names; true for all where there is none. */
  readonly matches: Matches;
  /** It has such a condition. */
  readonly isNamed: boolean;
  readonly by: CleanupDate;
  /** Milliseconds. */
  readonly olderThan?: number;
  readonly youngerThan?: number;
}

export interface KeepEntry extends Entry {
  readonly newest?: number;
  readonly semver?: SemverLines;
  /** Keys of its sources. */
  readonly inUse?: readonly string[];
}

export interface DeleteEntry extends Entry {
  readonly of: 'tags' | 'untagged' | 'staleReferrers';
}

export interface Protection {
  readonly rule: string;
  readonly pattern: string;
  readonly matches: Matches;
}

interface CompiledRule {
  readonly governs: Matches;
  readonly protect: readonly Protection[];
  readonly keep: readonly KeepEntry[];
  readonly delete: readonly DeleteEntry[];
}

/** Rules that can be asked of many repositories. */
export interface CompiledRules {
  readonly rules: readonly CompiledRule[];
  /** Whether any of them is about a repository. */
  governs(repository: string): boolean;
}

/** A pattern or regular expression that cannot be read. */
interface BadPattern {
  /** `['rules', 0, 'keep', 1, 'regex']` */
  readonly path: readonly (string | number)[];
  readonly found: string;
  /** What is wrong with it, in English. */
  readonly words: string;
}

/** All that cannot be read of rules. */
export class BadPatterns extends Error {
  override readonly name = 'BadPatterns';
  readonly all: readonly BadPattern[];

  constructor(all: readonly BadPattern[]) {
    super(all.map(({ path, words }) => `${path.join('.')}: ${words}`).join('; '));
    this.all = all;
  }
}

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const UNITS: Readonly<Record<string, number>> = {
  s: 1000,
  m: MINUTE,
  h: 60 * MINUTE,
  d: DAY,
  w: 7 * DAY,
  y: 365 * DAY,
};

/** @throws BadPatterns */
export function compileRules(rules: readonly Rule[]): CompiledRules {
  const bad: BadPattern[] = [];
  const compiled = rules.map((rule, at) => compileRule(rule, ['rules', at], bad));
  if (bad.length > 0) throw new BadPatterns(bad);
  return { rules: compiled, governs: (repository) => compiled.some(({ governs }) => governs(repository)) };
}

function compileRule(rule: Rule, path: BadPattern['path'], bad: BadPattern[]): CompiledRule {
  const entry = (of: KeepRule | DeleteRule, list: string, at: number): Entry => {
    const place = [...path, list, at];
    const byName = of.tags === undefined ? all : patterns(of.tags, [...place, 'tags'], bad);
    const byRegex = of.regex === undefined ? all : regex(of.regex, [...place, 'regex'], bad);
    return {
      rule: rule.name,
      name: of.name,
      matches: (name) => byName(name) && byRegex(name),
      isNamed: of.tags !== undefined || of.regex !== undefined,
      by: of.by ?? 'created',
      ...(of.olderThan === undefined ? {} : { olderThan: millisecondsOf(of.olderThan) }),
      ...(of.youngerThan === undefined ? {} : { youngerThan: millisecondsOf(of.youngerThan) }),
    };
  };
  return {
    governs: patterns(rule.repositories, [...path, 'repositories'], bad),
    protect: listOf(rule.protect).map((pattern) => ({
      rule: rule.name,
      pattern,
      matches: patterns(pattern, [...path, 'protect'], bad),
    })),
    keep: (rule.keep ?? []).map(({ newest, semver, inUse, ...of }, at) => ({
      ...entry(of, 'keep', at),
      ...(newest === undefined ? {} : { newest }),
      ...(semver === undefined ? {} : { semver }),
      ...(inUse === undefined ? {} : { inUse: listOf(inUse).map(keyOf) }),
    })),
    delete: (rule.delete ?? []).map((of, at) => ({
      ...entry(of, 'delete', at),
      of: of.untagged ? 'untagged' : of.staleReferrers ? 'staleReferrers' : 'tags',
    })),
  };
}

function all(): boolean {
  return true;
}

function patterns(of: string | readonly string[], path: BadPattern['path'], bad: BadPattern[]): Matches {
  return reading(() => anyPattern(of), path, bad);
}

function regex(source: string, path: BadPattern['path'], bad: BadPattern[]): Matches {
  return reading(() => regexPattern(source), path, bad);
}

function reading(read: () => Matches, path: BadPattern['path'], bad: BadPattern[]): Matches {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof PatternError)) throw error;
    bad.push({ path, found: error.pattern, words: error.message });
    return () => false;
  }
}

function listOf<T>(one: T | readonly T[] | undefined): readonly T[] {
  if (one === undefined) return [];
  return isList(one) ? one : [one];
}

function isList<T>(of: T | readonly T[]): of is readonly T[] {
  return Array.isArray(of);
}

/** As `inUseKey` of `common/cleanup.ts`. */
function keyOf(source: Source): string {
  return typeof source === 'string' ? source : `kubernetes:${source.kubernetes}`;
}

function millisecondsOf(duration: string): number {
  return Number(duration.slice(0, -1)) * (UNITS[duration.slice(-1)] ?? Number.NaN);
}
