import { RE2JS } from 're2js';

/** Whether a name is meant. */
export type Matches = (name: string) => boolean;

/** A pattern that means nothing; the message says why, in English. */
export class PatternError extends Error {
  override readonly name = 'PatternError';
  readonly pattern: string;

  constructor(pattern: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.pattern = pattern;
  }
}

/** Characters that names of repositories and tags are made of. */
const NAME = /[\w./-]/;
const CLASS = /^\[([!^]?)([\w.-]+)\]/;

/**
 * Patterns whose whole must match: `*` for anything but a slash, `**` for anything, `?`, `[a-z]`, `[!a-z]`, `{a,b}`. A name that is no
 * pattern is looked up, for there may be thousands of them.
 *
 * Both these and regular expressions are matched in time that is linear in the name, whatever they are.
 *
 * @throws PatternError
 */
export function anyPattern(patterns: string | readonly string[]): Matches {
  const all = typeof patterns === 'string' ? [patterns] : patterns;
  const names = new Set<string>();
  const globs: RE2JS[] = [];
  for (const pattern of all) {
    const source = sourceOf(pattern);
    if (/[*?[\]{}]/.test(pattern)) globs.push(compile(pattern, `^(?:${source})$`));
    else names.add(pattern);
  }
  return (name) => names.has(name) || globs.some((glob) => glob.test(name));
}

/** Found anywhere in the name, as regular expressions are. @throws PatternError */
export function regexPattern(source: string): Matches {
  const compiled = compile(source, source);
  return (name) => compiled.test(name);
}

function compile(pattern: string, source: string): RE2JS {
  try {
    return RE2JS.compile(source);
  } catch (cause) {
    throw new PatternError(pattern, cause instanceof Error ? cause.message : String(cause), { cause });
  }
}

/** A pattern as a regular expression. */
function sourceOf(pattern: string): string {
  const refuse = (words: string): PatternError => new PatternError(pattern, words);
  let source = '';
  let braces = 0;
  for (let at = 0; at < pattern.length; ) {
    const rest = pattern.slice(at);
    const [character = ''] = rest;
    const found = CLASS.exec(rest);
    if (rest.startsWith('**/') && (at === 0 || pattern[at - 1] === '/')) {
      // No part at all, too: `**/app` is also `app`.
      source += '(?:.*/)?';
      at += 3;
    } else if (rest.startsWith('**')) {
      source += '.*';
      at += 2;
    } else if (found) {
      source += `[${found[1] ? '^/' : ''}${found[2]}]`;
      at += found[0].length;
    } else {
      if (character === '{') braces += 1;
      if (character === '}') braces -= 1;
      if (braces < 0) throw refuse('A “}” has no “{” before it.');
      const part = partOf(character, braces);
      if (part === undefined) throw refuse(`“${character}” means nothing in a pattern.`);
      source += part;
      at += 1;
    }
  }
  if (braces > 0) throw refuse('A “{” has no “}” after it.');
  return source;
}

function partOf(character: string, braces: number): string | undefined {
  if (character === '*') return '[^/]*';
  if (character === '?') return '[^/]';
  if (character === '{') return '(?:';
  if (character === '}') return ')';
  if (character === ',' && braces > 0) return '|';
  if (character === '.') return '\\.';
  return NAME.test(character) ? character : undefined;
}
