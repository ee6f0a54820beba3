import type { z } from 'zod';
import type { RuleProblem } from '../../common/cleanup.ts';
import type { RuleProblemCode } from '../../engine/vocabulary/cleanup.ts';

export type Path = readonly (string | number)[];

/** What is wrong, by its place in the rules. */
export interface Problem {
  readonly code: RuleProblemCode;
  readonly path: Path;
  readonly found?: string;
  readonly allowed?: readonly string[];
  /** More that is known of it, in English. */
  readonly words?: string;
}

type Issue = z.core.$ZodIssue;

/** What a schema says of a value, in our own codes. */
export function problemsOf(issues: readonly Issue[], value: unknown, above: Path = []): Problem[] {
  return issues.flatMap((issue) => {
    const path = [...above, ...issue.path.map((part) => (typeof part === 'symbol' ? String(part) : part))];
    return problemsAt(issue, path, value);
  });
}

function problemsAt(issue: Issue, path: Path, value: unknown): Problem[] {
  const at = valueAt(value, path);
  const one = (code: RuleProblemCode, more: Omit<Problem, 'code' | 'path'> = {}): Problem[] => [
    { code, path, ...more },
  ];
  const wrong = at === undefined ? {} : { found: shown(at) };
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => ({ code: 'unknownKey', path: [...path, key], found: key }));
    case 'invalid_type':
      return at === undefined ? one('missing') : one('wrongType', { ...wrong, allowed: [issue.expected] });
    case 'invalid_value':
      return at === undefined
        ? one('missing')
        : one('wrongValue', { ...wrong, allowed: issue.values.map(String) });
    case 'invalid_format':
      return one('duration', wrong);
    case 'too_small':
      return one('wrongValue', { ...wrong, words: `At least ${issue.minimum}${unitOf(issue.origin)}.` });
    case 'too_big':
      return one('wrongValue', { ...wrong, words: `At most ${issue.maximum}${unitOf(issue.origin)}.` });
    case 'custom': {
      const { problem, other } = issue.params ?? {};
      return one(problem, { ...wrong, ...(other === undefined ? {} : { allowed: [other] }) });
    }
    case 'invalid_union': {
      // The branch that takes such a value says what is wrong inside of it; else none takes one.
      const inner = issue.errors.find((branch) => !branch.some(isOfWholeType));
      if (inner) return problemsOf(inner, value, path);
      return at === undefined
        ? one('missing')
        : one('wrongType', {
            ...wrong,
            allowed: issue.errors
              .flat()
              .filter(isOfWholeType)
              .map(({ expected }) => expected),
          });
    }
    default:
      return one('wrongValue', wrong);
  }
}

function isOfWholeType(issue: Issue): issue is Extract<Issue, { code: 'invalid_type' }> {
  return issue.code === 'invalid_type' && issue.path.length === 0;
}

function unitOf(origin: string): string {
  return origin === 'string' ? ' characters' : origin === 'array' ? ' entries' : '';
}

function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (of, key) => (typeof of === 'object' && of !== null ? (of as Record<string, unknown>)[key] : undefined),
    value,
  );
}

/** Longest that is repeated of a value. */
const SHOWN_MAX = 80;

function shown(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value));
  return text.length > SHOWN_MAX ? `${text.slice(0, SHOWN_MAX)}…` : text;
}

const SENTENCES: Readonly<Record<RuleProblemCode, string>> = {
  syntax: 'This is no YAML.',
  unknownKey: 'There is no such key.',
  missing: 'This is missing.',
  wrongType: 'This is not what is expected here.',
  wrongValue: 'This value cannot be used here.',
  duration: 'A time is a number and a unit: 12h, 14d, 8w, 1y.',
  pattern: 'This pattern cannot be read.',
  regex: 'This regular expression cannot be read (the syntax is that of RE2).',
  duplicate: 'This name is there already.',
  noCondition: 'Without a condition this would mean everything: tags "*" says so.',
  together: 'These two conditions cannot be in one entry.',
  byAlone: 'It needs a condition of dates: newest, olderThan or youngerThan.',
};

/** A problem as it is told, at a place of a text. */
export function told(problem: Problem, place: { line: number; col: number } | undefined): RuleProblem {
  const { code, path, found, allowed, words } = problem;
  const at = path.reduce<string>(
    (text, part) => (typeof part === 'number' ? `${text}[${part}]` : text === '' ? part : `${text}.${part}`),
    '',
  );
  const message = [
    ...(at === '' ? [] : [`${at}:`]),
    SENTENCES[code],
    ...(words === undefined ? [] : [words]),
    ...(allowed === undefined ? [] : [`(${allowed.join(', ')})`]),
    ...(found === undefined ? [] : [`Found: ${JSON.stringify(found)}.`]),
  ].join(' ');
  return {
    code,
    path: at,
    ...(place ? { line: place.line, column: place.col } : {}),
    ...(found === undefined ? {} : { found }),
    ...(allowed === undefined ? {} : { allowed: [...allowed] }),
    message,
  };
}
