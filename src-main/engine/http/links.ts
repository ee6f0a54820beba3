import { HeaderScanner } from './header-scanner.ts';

export interface Link {
  target: string;
  /** Relation types, lower case. */
  relations: readonly string[];
}

const TARGET = /[\s,]*<([^<>]*)>/y;
const PARAMETER = /\s*;\s*([^\s=;,"<>]+)\s*(?:=\s*(?:"([^"]*)"|([^\s;,"<>]*)))?/y;

/**
 * Reads a `Link` header. Stops at what it cannot read and keeps what came before. Each pattern begins where the last one ended and
 * can continue in one way only, so the time is linear for any input.
 *
 * @see RFC 8288, section 3
 */
export function parseLinks(header: string): Link[] {
  const links: Link[] = [];
  const scanner = new HeaderScanner(header);
  for (let target = scanner.take(TARGET); target; target = scanner.take(TARGET)) {
    let relations: readonly string[] = [];
    for (let parameter = scanner.take(PARAMETER); parameter; parameter = scanner.take(PARAMETER)) {
      if (parameter[1]?.toLowerCase() !== 'rel') continue;
      relations = (parameter[2] ?? parameter[3] ?? '').toLowerCase().split(/\s/).filter(Boolean);
    }
    links.push({ target: target[1] ?? '', relations });
  }
  return links;
}
