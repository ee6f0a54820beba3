import { licenceOf } from './found.ts';
import { Lines } from './lines.ts';

/** Licences of one package that are named. */
const LICENCES_MAX = 30;

/**
 * A Debian package's file of copyrights: the licences it names, where it is written for programs, and otherwise those of the system's
 * common ones that it points at.
 *
 * @see https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
 */
export class Copyright {
  readonly #named = new Set<string>();
  readonly #common = new Set<string>();
  readonly #lines = new Lines((line) => {
    const named = /^License:\s*(\S.*)$/.exec(line)?.[1];
    const licence = licenceOf(named);
    if (licence !== undefined) this.#named.add(licence);
    for (const [, common = ''] of line.matchAll(
      /\/usr\/share\/common-licenses\/([0-9A-Za-z.+-]*[0-9A-Za-z+])/g,
    ))
      this.#common.add(common);
  });

  write(chunk: Uint8Array): void {
    this.#lines.write(chunk);
  }

  /** Undefined where it names none. */
  end(): string | undefined {
    this.#lines.end();
    const found = [...(this.#named.size > 0 ? this.#named : this.#common)];
    return licenceOf(found.slice(0, LICENCES_MAX).join(', '));
  }
}
