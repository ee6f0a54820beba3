/** Links that are followed one after another, as Linux does. */
const LINKS_MAX = 40;
/** Names that are gone through for one path, its links' included: those of the longest path that Linux knows. */
const NAMES_MAX = 2048;

/** The names of a path, links taken in: those that are still to be gone. */
export class Names {
  readonly #left: string[];
  #links = 0;
  #taken = 0;

  constructor(path: string) {
    this.#left = path.split('/').reverse();
  }

  /** A link was followed. */
  get linked(): boolean {
    return this.#links > 0;
  }

  /** The next one, which may be `..`; undefined at the end. */
  take(): string | undefined {
    for (;;) {
      const name = this.#left.pop();
      this.#taken += 1;
      if (name !== '' && name !== '.') return name;
    }
  }

  /** A link goes on elsewhere: from the root where its target begins with a slash. False where that never ends. */
  follow(target: string): boolean {
    this.#links += 1;
    const names = target.split('/', NAMES_MAX + 1).reverse();
    if (this.#links > LINKS_MAX || this.#taken + this.#left.length + names.length > NAMES_MAX) return false;
    this.#left.push(...names);
    return true;
  }
}
