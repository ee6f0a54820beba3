import { compareDigits, compareText, type VersionOrder } from './parts.ts';

/** In their order; the empty one is what is released. */
const QUALIFIERS = ['alpha', 'beta', 'milestone', 'rc', 'snapshot', '', 'sp'];
const ALIASES: Readonly<Record<string, string>> = { ga: '', final: '', release: '', cr: 'rc' };
/** `a1` and the like, where digits follow. */
const SHORT: Readonly<Record<string, string>> = { a: 'alpha', b: 'beta', m: 'milestone' };

/** Digits, a qualifier, or what a hyphen began. */
type Item = { digits: string } | { qualifier: string } | { list: Item[] };

/**
 * Versions of Maven, which understands any text.
 *
 * @see https://maven.apache.org/pom.html#version-order-specification
 */
export const mavenOrder: VersionOrder = (one, other) => compareItems(listOf(one), listOf(other));

function listOf(text: string): Item {
  const root: Item[] = [];
  const lists = [root];
  let list = root;
  const nest = () => {
    const inner: Item[] = [];
    list.push({ list: inner });
    lists.push(inner);
    list = inner;
  };
  const tokens = text.toLowerCase().match(/\d+|[^\d.-]+|[.-]/g) ?? [];
  for (const [at, token] of tokens.entries()) {
    const before = tokens[at - 1] ?? '.';
    if (token === '.' || token === '-') {
      // An empty part is 0.
      if (before === '.' || before === '-') list.push({ digits: '0' });
      if (token === '-') nest();
      continue;
    }
    const isDigits = /^\d/.test(token);
    const isJoined = before !== '.' && before !== '-';
    // From letters to digits, or from digits to letters, is as if a hyphen were there.
    if (
      isJoined ||
      (!isDigits && list.length > 0 && before === '.' && list.every((item) => 'digits' in item))
    )
      nest();
    const next = tokens[at + 1];
    const short = next !== undefined && /^\d/.test(next) ? SHORT[token] : undefined;
    list.push(isDigits ? { digits: token } : { qualifier: short ?? ALIASES[token] ?? token });
  }
  for (const each of lists.reverse()) trim(each);
  return { list: root };
}

/** What says nothing at the end is left out. */
function trim(list: Item[]): void {
  for (let at = list.length - 1; at >= 0; at--) {
    const item = list[at];
    if (item === undefined) continue;
    if (compareItems(item, undefined) === 0 && !('list' in item && item.list.length > 0)) list.splice(at, 1);
    else if (!('list' in item)) break;
  }
}

function compareItems(one: Item | undefined, other: Item | undefined): number {
  if (one === undefined) return other === undefined ? 0 : -compareItems(other, undefined);
  if ('digits' in one) {
    if (other === undefined) return compareDigits(one.digits, '0');
    return 'digits' in other ? compareDigits(one.digits, other.digits) : 1;
  }
  if ('qualifier' in one) {
    if (other === undefined) return compareQualifiers(one.qualifier, '');
    return 'qualifier' in other ? compareQualifiers(one.qualifier, other.qualifier) : -1;
  }
  if (other === undefined) return firstOf(one.list.map((item) => compareItems(item, undefined)));
  if (!('list' in other)) return 'digits' in other ? -1 : 1;
  const length = Math.max(one.list.length, other.list.length);
  return firstOf(Array.from({ length }, (_, at) => compareItems(one.list[at], other.list[at])));
}

function firstOf(orders: readonly number[]): number {
  return orders.find((order) => order !== 0) ?? 0;
}

function compareQualifiers(one: string, other: string): number {
  const [a, b] = [rank(one), rank(other)];
  return a - b || (a === QUALIFIERS.length ? compareText(one, other) : 0);
}

function rank(qualifier: string): number {
  const at = QUALIFIERS.indexOf(qualifier);
  return at < 0 ? QUALIFIERS.length : at;
}
