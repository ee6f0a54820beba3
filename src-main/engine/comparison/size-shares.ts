export interface SizeShare {
  /** A directory, at most two deep. */
  path: string;
  /** Bytes of the files in it that differ. */
  left: number;
  right: number;
  files: number;
}

/** Directories that are kept while files are gone through, and those that are told in the end. */
const KEPT_MAX = 4000;
const TOLD_MAX = 20;

/** By which directories two images grew or shrank. */
export class SizeShares {
  #shares = new Map<string, SizeShare>();

  add(file: string, left: number, right: number): void {
    const path = file.split('/', 3).slice(0, -1).join('/');
    const share = this.#shares.get(path) ?? { path, left: 0, right: 0, files: 0 };
    share.left += left;
    share.right += right;
    share.files += 1;
    this.#shares.set(path, share);
    // Files come directory by directory: what is dropped is mostly over, and small.
    if (this.#shares.size > KEPT_MAX) this.#keep(KEPT_MAX / 2);
  }

  /** Most difference first. */
  most(): SizeShare[] {
    return this.#sorted()
      .filter(({ left, right }) => left !== right)
      .slice(0, TOLD_MAX);
  }

  #keep(most: number): void {
    this.#shares = new Map(
      this.#sorted()
        .slice(0, most)
        .map((share) => [share.path, share]),
    );
  }

  #sorted(): SizeShare[] {
    const weight = ({ left, right }: SizeShare) => Math.abs(right - left);
    return [...this.#shares.values()].sort((one, other) => weight(other) - weight(one));
  }
}
