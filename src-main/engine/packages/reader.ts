import type { PackageProblemCode } from '../vocabulary.ts';
import { type FoundPackage, PACKAGES_MAX } from './found.ts';

/** Takes in a file's bytes as they come and says at its end what it names. */
export interface FileReader {
  write(chunk: Uint8Array): void;
  /** @throws {@link Unread} what is not thrown was read wholly */
  end(): FoundPackage[] | Promise<FoundPackage[]>;
}

/** A file of packages that cannot be read, or not wholly. */
export class Unread extends Error {
  constructor(
    readonly code: PackageProblemCode,
    reason: string,
    /** What was read all the same. */
    readonly packages: readonly FoundPackage[] = [],
  ) {
    super(reason);
  }
}

/** Packages of one file, of which no more are kept than are shown. */
export class Collected {
  readonly #packages: FoundPackage[] = [];
  #count = 0;

  add(found: FoundPackage): void {
    this.#count += 1;
    if (this.#count <= PACKAGES_MAX) this.#packages.push(found);
  }

  /** @throws {Unread} `tooMany` with those that are kept */
  all(): FoundPackage[] {
    if (this.#count <= PACKAGES_MAX) return this.#packages;
    const reason = `It names ${this.#count} packages; the first ${PACKAGES_MAX} are shown.`;
    throw new Unread('tooMany', reason, this.#packages);
  }
}

/** Holds a file of at most `max` bytes for a reader that needs all of it. */
export class WholeFile implements FileReader {
  readonly #max: number;
  readonly #read: (bytes: Buffer) => FoundPackage[] | Promise<FoundPackage[]>;
  #chunks: Uint8Array[] = [];
  #size = 0;

  constructor(max: number, read: (bytes: Buffer) => FoundPackage[] | Promise<FoundPackage[]>) {
    this.#max = max;
    this.#read = read;
  }

  write(chunk: Uint8Array): void {
    this.#size += chunk.byteLength;
    if (this.#size > this.#max) this.#chunks = [];
    else this.#chunks.push(Uint8Array.from(chunk));
  }

  end(): FoundPackage[] | Promise<FoundPackage[]> {
    const chunks = this.#chunks;
    this.#chunks = [];
    if (this.#size > this.#max) throw tooLarge(this.#size, this.#max);
    return this.#read(Buffer.concat(chunks));
  }
}

function tooLarge(size: number, max: number): Unread {
  return new Unread('tooLarge', `It has ${size} bytes; at most ${max} are read.`);
}
