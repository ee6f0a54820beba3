import type { PackageProblemCode } from '../vocabulary/packages.ts';
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
  readonly #size: number;
  /** In one piece from the start: the largest files are held once and not twice. */
  #bytes: Buffer | undefined;
  #held = 0;

  /** @param size bytes of the file */
  constructor(size: number, max: number, read: (bytes: Buffer) => FoundPackage[] | Promise<FoundPackage[]>) {
    this.#size = size;
    this.#max = max;
    this.#read = read;
  }

  write(chunk: Uint8Array): void {
    if (this.#size > this.#max) return;
    this.#bytes ??= Buffer.allocUnsafe(this.#size);
    const fitting = chunk.subarray(0, this.#size - this.#held);
    this.#bytes.set(fitting, this.#held);
    this.#held += fitting.byteLength;
  }

  end(): FoundPackage[] | Promise<FoundPackage[]> {
    if (this.#size > this.#max)
      throw new Unread('tooLarge', `It has ${this.#size} bytes; at most ${this.#max} are read.`);
    const bytes = this.#bytes?.subarray(0, this.#held) ?? Buffer.alloc(0);
    this.#bytes = undefined;
    return this.#read(bytes);
  }
}
