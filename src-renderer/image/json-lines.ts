/** What a piece of JSON is, for its colour. */
type JsonKind = 'key' | 'text' | 'number' | 'word' | 'mark';

export interface JsonPart {
  readonly kind: JsonKind;
  readonly text: string;
}

/** One line of JSON that is laid out for reading. */
export interface JsonLine {
  readonly depth: number;
  readonly parts: readonly JsonPart[];
  /** Of a line that opens an object or a list: the line that closes it. */
  end?: number;
  /** And how many entries are in it. */
  entries?: number;
}

const TOKENS = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g;

/**
 * Lays JSON out in lines, from its own text: each name, string and number stands there as it is written. (Reading it and writing it
 * anew changes large numbers, and drops a name that comes twice.)
 *
 * @returns undefined for what is no JSON
 */
export function jsonLines(raw: string): readonly JsonLine[] | undefined {
  try {
    JSON.parse(raw);
  } catch {
    return undefined;
  }
  const layout = new Layout();
  const tokens = raw.match(TOKENS) ?? [];
  for (const [at, token] of tokens.entries()) layout.add(token, tokens[at + 1]);
  return layout.lines;
}

interface Draft extends JsonLine {
  readonly parts: JsonPart[];
}

class Layout {
  readonly lines: Draft[] = [];
  /** Positions of the lines that opened what the text is in. */
  readonly #open: number[] = [];
  #line: Draft | undefined;

  add(token: string, next: string | undefined): void {
    const line = this.#line;
    if (token === '{' || token === '[') this.#begin(token, next);
    else if (token === '}' || token === ']') this.#finish(token);
    else if (token === ',') {
      this.#put({ kind: 'mark', text: ',' });
      this.#line = undefined;
    } else if (token === ':') this.#put({ kind: 'mark', text: ': ' });
    else {
      if (line === undefined) this.#count();
      this.#put({ kind: kindOf(token, next), text: token });
    }
  }

  #begin(mark: string, next: string | undefined): void {
    if (this.#line === undefined) this.#count();
    this.#put({ kind: 'mark', text: mark });
    if (next === '}' || next === ']') return;
    const line = this.lines.at(-1);
    if (line) line.entries = 0;
    this.#open.push(this.lines.length - 1);
    this.#line = undefined;
  }

  #finish(mark: string): void {
    const last = this.#line?.parts.at(-1)?.text;
    if (last !== '{' && last !== '[') {
      const opened = this.lines[this.#open.pop() ?? -1];
      // The line that follows.
      if (opened) opened.end = this.lines.length;
      this.#line = undefined;
    }
    this.#put({ kind: 'mark', text: mark });
  }

  /** A further entry of what is open. */
  #count(): void {
    const opened = this.lines[this.#open.at(-1) ?? -1];
    if (opened) opened.entries = (opened.entries ?? 0) + 1;
  }

  #put(part: JsonPart): void {
    if (this.#line === undefined) {
      this.#line = { depth: this.#open.length, parts: [] };
      this.lines.push(this.#line);
    }
    this.#line.parts.push(part);
  }
}

function kindOf(token: string, next: string | undefined): JsonKind {
  if (token.startsWith('"')) return next === ':' ? 'key' : 'text';
  return /^[-\d]/.test(token) ? 'number' : 'word';
}

const INDENT = '  ';

/** The lines as text. */
export function textOfLines(lines: readonly JsonLine[]): string {
  return lines.map((line) => INDENT.repeat(line.depth) + textOf(line)).join('\n');
}

export function textOf({ parts }: JsonLine): string {
  return parts.map(({ text }) => text).join('');
}

/** Positions of the lines that are shown: what is in folded ones is not. */
export function shownLines(lines: readonly JsonLine[], folded: ReadonlySet<number>): readonly number[] {
  const shown: number[] = [];
  for (let at = 0; at < lines.length; at++) {
    shown.push(at);
    const end = lines[at]?.end;
    if (end !== undefined && folded.has(at)) at = end;
  }
  return shown;
}

/** The folded lines without those that have this one in them. */
export function unfoldedTo(
  lines: readonly JsonLine[],
  folded: ReadonlySet<number>,
  at: number,
): ReadonlySet<number> {
  const kept = [...folded].filter((line) => !(line < at && at <= (lines[line]?.end ?? line)));
  return kept.length === folded.size ? folded : new Set(kept);
}

/** A place where a text was found. */
export interface Match {
  readonly line: number;
  /** Within the line's text. */
  readonly start: number;
  readonly length: number;
}

/** Where a text is, in order, upper and lower case alike. */
export function findInLines(lines: readonly JsonLine[], text: string): readonly Match[] {
  if (text === '') return [];
  const pattern = new RegExp(text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'), 'giu');
  return lines.flatMap((each, line) =>
    Array.from(textOf(each).matchAll(pattern), (found) => ({
      line,
      start: found.index,
      length: found[0].length,
    })),
  );
}

/** A piece of a line, marked where something was found. */
export interface MarkedPart extends JsonPart {
  /** Position among the matches given. */
  readonly match?: number;
}

/** A line's parts, cut where matches begin and end. Matches are in order and do not overlap. */
export function markedParts(parts: readonly JsonPart[], matches: readonly Match[]): readonly MarkedPart[] {
  if (matches.length === 0) return parts;
  const pieces: MarkedPart[] = [];
  let from = 0;
  for (const { kind, text } of parts) {
    let done = 0;
    for (const [match, { start, length }] of matches.entries()) {
      const begin = Math.max(start - from, done);
      const end = Math.min(start + length - from, text.length);
      if (end <= begin) continue;
      if (begin > done) pieces.push({ kind, text: text.slice(done, begin) });
      pieces.push({ kind, text: text.slice(begin, end), match });
      done = end;
    }
    if (done < text.length) pieces.push({ kind, text: text.slice(done) });
    from += text.length;
  }
  return pieces;
}
