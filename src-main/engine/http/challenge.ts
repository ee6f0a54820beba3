import { HeaderScanner } from './header-scanner.ts';

/** One scheme of a `WWW-Authenticate` header. */
export interface Challenge {
  /** Lower case: `bearer`, `basic`. */
  scheme: string;
  /** Names in lower case. */
  parameters: ReadonlyMap<string, string>;
}

const TOKEN = /[!#$%&'*+.^_`|~0-9A-Za-z-]+/y;
const QUOTED = /"((?:[^"\\]|\\.)*)"/y;
const SPACE = /[ \t]*/y;
/** Headers are bounded by undici at 16 KiB; more than a few challenges make no sense. */
const CHALLENGES_MAX = 16;

/**
 * Parses `WWW-Authenticate`, given once or several times, with one or several challenges in each. Stops at what it cannot
 * read and keeps what came before.
 *
 * @see RFC 9110, section 11.6.1
 */
export function parseChallenges(header: string | readonly string[] | undefined): Challenge[] {
  const headers = header === undefined ? [] : typeof header === 'string' ? [header] : header;
  return headers.flatMap(parseOne).slice(0, CHALLENGES_MAX);
}

function parseOne(text: string): Challenge[] {
  const challenges: { scheme: string; parameters: Map<string, string> }[] = [];
  const scanner = new HeaderScanner(text);
  while (!scanner.atEnd && challenges.length < CHALLENGES_MAX) {
    scanner.take(SPACE);
    if (scanner.skip(',')) continue;
    const word = scanner.take(TOKEN)?.[0];
    if (word === undefined) break;
    scanner.take(SPACE);
    if (!scanner.skip('=')) {
      challenges.push({ scheme: word.toLowerCase(), parameters: new Map() });
      continue;
    }
    scanner.take(SPACE);
    const quoted = scanner.take(QUOTED);
    const value = quoted ? quoted[1]?.replace(/\\(.)/g, '$1') : scanner.take(TOKEN)?.[0];
    const current = challenges.at(-1);
    if (value === undefined || current === undefined) break;
    // The first one counts: a second realm must not take the place of the first.
    const name = word.toLowerCase();
    if (!current.parameters.has(name)) current.parameters.set(name, value);
  }
  return challenges;
}
