import { type FoundPackage, nameOf } from './found.ts';
import { type FileReader, Unread } from './reader.ts';

/** @see https://pkg.go.dev/debug/buildinfo */
const MAGIC = Buffer.from('\xff Go buildinf:', 'latin1');
/** The information begins at a multiple of it, and its texts that far behind. */
const ALIGNMENT = 16;
const HEADER = 32;
const INLINE = 0x02;
/** Bytes: of the largest programs it has some hundred thousand. */
const INFO_MAX = 4 * 1024 * 1024;
/** Bytes around the list of modules, which mark its place for others. */
const MARK = 16;

/** Executables of Linux, Windows and macOS, of both byte orders. */
const EXECUTABLES = new Set([0x7f454c46, 0xfeedface, 0xfeedfacf, 0xcefaedfe, 0xcffaedfe, 0xcafebabe]);
const WINDOWS = 0x4d5a;

/**
 * What a Go program was built of, as its linker wrote it into the executable: searched for as the bytes come, so that a large program
 * costs no memory. What Go before 1.18 wrote lies apart and is not read.
 */
export class GoBuildInfo implements FileReader {
  /** Where `#held` begins in the file. */
  #at = 0;
  #held: Buffer = Buffer.alloc(0);
  #state: 'head' | 'search' | 'collect' | 'done' = 'head';
  #info: { go: string; modules: string } | undefined;
  #old = false;

  write(chunk: Uint8Array): void {
    if (this.#state === 'done') return;
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    this.#held = this.#held.byteLength === 0 ? bytes : Buffer.concat([this.#held, bytes]);
    if (this.#state === 'head') {
      if (this.#held.byteLength < 4) {
        this.#own();
        return;
      }
      const executable =
        EXECUTABLES.has(this.#held.readUInt32BE(0)) || this.#held.readUInt16BE(0) === WINDOWS;
      this.#state = executable ? 'search' : 'done';
    }
    while (this.#state === 'search' || this.#state === 'collect') {
      if (this.#state === 'search' ? !this.#find() : !this.#collect(false)) break;
    }
    if (this.#state === 'done') this.#held = Buffer.alloc(0);
    else this.#own();
  }

  /** @throws {Unread} `unsupported` for what an old Go wrote */
  end(): FoundPackage[] {
    while (this.#state === 'collect' && this.#collect(true)) if (!this.#find()) break;
    this.#held = Buffer.alloc(0);
    if (this.#info) return packagesOf(this.#info);
    if (this.#old)
      throw new Unread('unsupported', 'It was built by Go before 1.18, whose build information is not read.');
    return [];
  }

  /** What waits for more must not lie in memory that others use again. */
  #own(): void {
    this.#held = Buffer.from(this.#held);
  }

  #skip(bytes: number): void {
    this.#held = this.#held.subarray(bytes);
    this.#at += bytes;
  }

  /** @returns whether the next magic was found, which is then the beginning of what is held */
  #find(): boolean {
    for (let from = 0; ; ) {
      const found = this.#held.indexOf(MAGIC, from);
      if (found < 0) break;
      if ((this.#at + found) % ALIGNMENT === 0) {
        this.#skip(found);
        this.#state = 'collect';
        return true;
      }
      from = found + 1;
    }
    this.#skip(Math.max(0, this.#held.byteLength - MAGIC.byteLength + 1));
    return false;
  }

  /** @returns whether more is to be done with what is held: false where it waits for more, or has all */
  #collect(ended: boolean): boolean {
    const { byteLength } = this.#held;
    if (byteLength < HEADER && !ended) return false;
    const read = byteLength < HEADER ? 'none' : this.#read();
    if (read === 'more' && !ended && byteLength < INFO_MAX) return false;
    if (typeof read === 'object') {
      this.#info = read;
      this.#state = 'done';
      return false;
    }
    // Programs that look for it themselves have the magic among their data.
    this.#skip(1);
    this.#state = 'search';
    return true;
  }

  #read(): { go: string; modules: string } | 'more' | 'none' {
    const pointer = this.#held[14] ?? 0;
    const flags = this.#held[15] ?? 0;
    if ((flags & INLINE) === 0) {
      this.#old ||= (pointer === 4 || pointer === 8) && flags <= 1;
      return 'none';
    }
    const go = this.#text(HEADER);
    if (typeof go === 'string') return go;
    if (!/^(go\d|devel)/.test(go.text)) return 'none';
    const modules = this.#text(go.end);
    if (typeof modules === 'string') return modules;
    const { text } = modules;
    // Without modules (a program of one file) it is empty.
    return { go: go.text, modules: text.length > 2 * MARK ? text.slice(MARK, -MARK) : '' };
  }

  /** A text with its length before it. */
  #text(at: number): { text: string; end: number } | 'more' | 'none' {
    let length = 0;
    for (let place = 0; place < 4; place += 1) {
      const byte = this.#held[at + place];
      if (byte === undefined) return 'more';
      length += (byte & 0x7f) * 128 ** place;
      if (length > INFO_MAX) return 'none';
      if (byte >= 0x80) continue;
      const from = at + place + 1;
      if (from + length > this.#held.byteLength) return 'more';
      // The marks around it are no UTF-8.
      return { text: this.#held.toString('latin1', from, from + length), end: from + length };
    }
    return 'none';
  }
}

/** @see https://pkg.go.dev/runtime/debug#BuildInfo */
function packagesOf({ go, modules }: { go: string; modules: string }): FoundPackage[] {
  const found: FoundPackage[] = [];
  for (const line of modules.split('\n')) {
    const [kind, path, version] = line.split('\t');
    const name = nameOf(path);
    if (name === undefined) continue;
    const module = { type: 'golang', name, version: nameOf(version) ?? '' } as const;
    // A dependency in whose place another was built; a folder in its place says nothing of what is in it.
    if (kind === '=>' && !/^[./]|^[A-Za-z]:/.test(name)) found.splice(-1, 1, module);
    if (kind === 'mod' || kind === 'dep') found.push(module);
  }
  const version = nameOf(go.replace(/^go/, '').split(' ', 1)[0]);
  if (version !== undefined) found.push({ type: 'golang', name: 'stdlib', version });
  return found;
}
