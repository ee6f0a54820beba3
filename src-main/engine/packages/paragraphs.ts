import type { FoundPackage } from './found.ts';
import { Lines } from './lines.ts';
import { Collected, type FileReader } from './reader.ts';

/** Reads a database of packages that has a paragraph for each, up to an empty line. */
export class Paragraphs implements FileReader {
  readonly #packages = new Collected();
  readonly #lines: Lines;
  readonly #close: () => void;

  /** @param close the package of the lines that were taken since the last one, which it forgets; undefined where they name none */
  constructor(take: (line: string) => void, close: () => FoundPackage | undefined) {
    this.#close = () => {
      const found = close();
      if (found) this.#packages.add(found);
    };
    this.#lines = new Lines((line) => {
      if (line.trim() === '') this.#close();
      else take(line);
    });
  }

  write(chunk: Uint8Array): void {
    this.#lines.write(chunk);
  }

  end(): FoundPackage[] {
    this.#lines.end();
    this.#close();
    return this.#packages.all();
  }
}
