import { isObject, type JsonObject } from '../model/json-fields.ts';

/** Bytes of one entry: attributes of some kilobytes are the most that there are. */
const ENTRY_MAX = 1024 * 1024;
const [QUOTE, BACKSLASH, OPEN, CLOSE, OPEN_LIST, CLOSE_LIST] = [0x22, 0x5c, 0x7b, 0x7d, 0x5b, 0x5d];

/**
 * Takes a table of contents as it comes and hands its entries on one after another: of a large layer it has a hundred megabytes, which
 * would hold up all else if they were parsed at once.
 */
export class TocScan {
  readonly #take: (entry: JsonObject) => void;
  #depth = 0;
  #inText = false;
  #escaped = false;
  /** The last text of the outermost object: the key of what comes. */
  #key = '';
  #keyParts: number[] | undefined;
  #inEntries = false;
  #held: Buffer[] = [];
  #heldBytes = 0;
  #ended = false;

  constructor(take: (entry: JsonObject) => void) {
    this.#take = take;
  }

  /** @throws where it is no such list */
  push(chunk: Buffer): void {
    // Where the entry that is open begins in this chunk.
    let start = this.#heldBytes > 0 ? 0 : -1;
    for (let at = 0; at < chunk.byteLength; at++) {
      const byte = chunk[at] ?? 0;
      if (this.#inText) {
        this.#text(byte);
        continue;
      }
      if (byte === QUOTE) {
        this.#inText = true;
        if (this.#depth === 1) this.#keyParts = [];
      } else if (byte === OPEN || byte === OPEN_LIST) {
        if (this.#inEntries && this.#depth === 2 && byte === OPEN) start = at;
        this.#depth += 1;
        if (this.#depth === 2 && byte === OPEN_LIST && this.#key === 'entries') this.#inEntries = true;
      } else if (byte === CLOSE || byte === CLOSE_LIST) {
        this.#depth -= 1;
        if (this.#inEntries && this.#depth === 2 && start >= 0) {
          this.#finish(chunk.subarray(start, at + 1));
          start = -1;
        }
        if (this.#depth === 1) this.#inEntries = false;
        if (this.#depth === 0) this.#ended = true;
      }
    }
    if (start < 0) return;
    const rest = Buffer.from(chunk.subarray(start));
    this.#held.push(rest);
    this.#heldBytes += rest.byteLength;
    if (this.#heldBytes > ENTRY_MAX) throw new Error('an entry is too long');
  }

  /** @throws where it is cut */
  end(): void {
    if (!this.#ended || this.#depth !== 0 || this.#inText) throw new Error('it is cut');
  }

  #text(byte: number): void {
    if (this.#escaped) this.#escaped = false;
    else if (byte === BACKSLASH) this.#escaped = true;
    else if (byte === QUOTE) {
      this.#inText = false;
      if (this.#keyParts) this.#key = String.fromCharCode(...this.#keyParts);
      this.#keyParts = undefined;
      return;
    }
    if (this.#keyParts && this.#keyParts.length < 100) this.#keyParts.push(byte);
  }

  #finish(last: Buffer): void {
    const entry: unknown = JSON.parse(Buffer.concat([...this.#held, last]).toString());
    this.#held = [];
    this.#heldBytes = 0;
    if (!isObject(entry)) throw new Error('an entry is none');
    this.#take(entry);
  }
}
