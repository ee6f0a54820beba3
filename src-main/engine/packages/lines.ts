/** Bytes of a line: what is longer is passed over, and is none that is looked for. */
const LINE_MAX = 64 * 1024;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/** Cuts bytes that come in pieces into lines, without their ends, in little memory. */
export class Lines {
  readonly #each: (line: string) => void;
  #held: Buffer = Buffer.alloc(0);
  /** The rest of a line that is too long. */
  #skipping = false;

  constructor(each: (line: string) => void) {
    this.#each = each;
  }

  write(chunk: Uint8Array): void {
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    let from = 0;
    for (let end = bytes.indexOf(LINE_FEED); end >= 0; end = bytes.indexOf(LINE_FEED, from)) {
      this.#line(bytes.subarray(from, end));
      from = end + 1;
    }
    if (this.#skipping) return;
    if (this.#held.byteLength + bytes.byteLength - from > LINE_MAX) {
      this.#held = Buffer.alloc(0);
      this.#skipping = true;
    } else this.#held = Buffer.concat([this.#held, bytes.subarray(from)]);
  }

  end(): void {
    if (this.#held.byteLength > 0) this.#line(Buffer.alloc(0));
  }

  #line(rest: Buffer): void {
    const whole = this.#held.byteLength === 0 ? rest : Buffer.concat([this.#held, rest]);
    this.#held = Buffer.alloc(0);
    const end = whole.at(-1) === CARRIAGE_RETURN ? whole.byteLength - 1 : whole.byteLength;
    if (!this.#skipping && whole.byteLength <= LINE_MAX) this.#each(whole.toString('utf8', 0, end));
    this.#skipping = false;
  }
}

/**
 * Fields of paragraphs, as Debian and Python write them: `Name: value`, with lines that go on indented, until an empty line.
 *
 * @see RFC 822, deb822(5)
 */
export class Paragraph {
  readonly #wanted: ReadonlySet<string>;
  readonly fields = new Map<string, string>();

  /** @param wanted names in lower case; others are passed over */
  constructor(wanted: ReadonlySet<string>) {
    this.#wanted = wanted;
  }

  /** A field that is there already stays. */
  take(line: string): void {
    const colon = line.indexOf(':');
    if (colon <= 0 || line[0] === ' ' || line[0] === '\t') return;
    const name = line.slice(0, colon).toLowerCase();
    if (this.#wanted.has(name) && !this.fields.has(name)) this.fields.set(name, line.slice(colon + 1).trim());
  }
}
