import type { ContentSink, LayerEntry } from '../layers/entry.ts';
import { Turns } from '../turns.ts';
import { Copyright } from './copyright.ts';
import { readerFor, unreadDatabase } from './files.ts';
import {
  type Distribution,
  type FoundFile,
  type FoundPackage,
  type LayerFindings,
  PACKAGES_MAX,
  type PackageProblem,
} from './found.ts';
import { GoBuildInfo } from './go.ts';
import { OsRelease } from './os-release.ts';
import { type FileReader, Unread } from './reader.ts';

/** Problems of one layer that are reported; the rest is counted. */
const PROBLEMS_MAX = 200;
const COPYRIGHT = /^usr\/share\/doc\/([^/]+)\/copyright$/;
const RELEASES = ['etc/os-release', 'usr/lib/os-release'];
const EXECUTABLE = 0o111;
/** No Go program is smaller. */
const PROGRAM_MIN = 64 * 1024;

/** Finds what names packages in one layer, while that is walked. */
export class PackageFinder {
  readonly #files = new Map<string, readonly FoundPackage[]>();
  readonly #licences = new Map<string, string>();
  readonly #releases = new Map<string, Distribution>();
  readonly #problems: PackageProblem[] = [];
  /** Problems that are only counted. */
  #untold = 0;
  #count = 0;
  #settling: Promise<void> | undefined;
  readonly #turns = new Turns(1);

  /** What takes in the content of an entry, where that may name packages. */
  sinkFor(entry: LayerEntry): ContentSink | undefined {
    const { path, type, size, mode } = entry;
    if (type === 'hardlink') return this.#link(path, entry.link ?? '');
    if (type !== 'file') return undefined;
    const unread = unreadDatabase(path, size);
    if (unread !== undefined) return this.#report({ code: 'unsupported', reason: unread, path });
    const reader = readerFor(path, size);
    if (reader) return this.#sink(path, reader);
    const [, documented] = path.startsWith('usr/share/doc/') ? (COPYRIGHT.exec(path) ?? []) : [];
    if (documented !== undefined)
      return noting(new Copyright(), (licence) => this.#licences.set(documented, licence));
    if (RELEASES.includes(path))
      return noting(new OsRelease(), (release) => this.#releases.set(path, release));
    const program = size >= PROGRAM_MIN && ((mode & EXECUTABLE) !== 0 || /\.(exe|dll|so)$/i.test(path));
    return program ? this.#sink(path, new GoBuildInfo()) : undefined;
  }

  /** What is waited for before more is written: archives and databases are read when all of them is there; and other work's turn. */
  settling(): Promise<void> | undefined {
    return this.#settling ?? this.#turns.take();
  }

  async findings(): Promise<LayerFindings> {
    await this.#settling;
    const problems = [...this.#problems];
    if (this.#count > PACKAGES_MAX)
      problems.push({
        code: 'tooMany',
        reason: `It names ${this.#count} packages; the first ${PACKAGES_MAX} are shown.`,
      });
    if (this.#untold > 0)
      problems.push({ code: 'tooMany', reason: `${this.#untold} more files could not be read.` });
    const release = RELEASES.flatMap((path) => this.#releases.get(path) ?? [])[0];
    return {
      files: [...this.#files].map(([path, packages]): FoundFile => ({ path, packages })),
      licences: Object.fromEntries(this.#licences),
      ...(release ? { release } : {}),
      problems,
    };
  }

  #sink(path: string, reader: FileReader): ContentSink {
    // An entry that comes twice is what it is the last time.
    this.#files.delete(path);
    return {
      write: (chunk) => reader.write(chunk),
      end: () => {
        const ended = this.#read(path, reader);
        if (!ended) return;
        const before = this.#settling;
        const settling = Promise.all([before, ended]).then(() => {
          if (this.#settling === settling) this.#settling = undefined;
        });
        this.#settling = settling;
      },
    };
  }

  /** @returns undefined where it is read at once */
  #read(path: string, reader: FileReader): Promise<void> | undefined {
    try {
      const read = reader.end();
      if (!(read instanceof Promise)) return void this.#keep(path, read);
      return read.then(
        (packages) => this.#keep(path, packages),
        (error: unknown) => this.#fail(path, error),
      );
    } catch (error) {
      this.#fail(path, error);
    }
    return undefined;
  }

  #fail(path: string, error: unknown): void {
    if (!(error instanceof Unread)) {
      // An error of ours that a broken file led to: its message is of no use to a user.
      this.#report({ code: 'damaged', reason: 'It is broken.', path });
      return;
    }
    this.#report({ code: error.code, reason: error.message, path });
    this.#keep(path, error.packages);
  }

  /** A file that names none (any more) need not be kept: whatever is there in its place hides what lower layers had. */
  #keep(path: string, packages: readonly FoundPackage[]): void {
    const kept = packages.slice(0, Math.max(0, PACKAGES_MAX - this.#count));
    this.#count += packages.length;
    if (kept.length > 0) this.#files.set(path, kept);
  }

  /** Tools that keep their packages in a store put hard links to it where they are installed. */
  #link(path: string, target: string): undefined {
    const packages = this.#files.get(target);
    if (packages) this.#keep(path, packages);
    else if (readerFor(path, 0))
      this.#report({
        code: 'unsupported',
        reason: `It is a hard link to ${target}, which was not read.`,
        path,
      });
    return undefined;
  }

  #report(problem: PackageProblem): undefined {
    if (this.#problems.length < PROBLEMS_MAX) this.#problems.push(problem);
    else this.#untold += 1;
    return undefined;
  }
}

function noting<T>(
  reader: { write(chunk: Uint8Array): void; end(): T | undefined },
  note: (value: T) => void,
): ContentSink {
  return {
    write: (chunk) => reader.write(chunk),
    end: () => {
      const value = reader.end();
      if (value !== undefined) note(value);
    },
  };
}
