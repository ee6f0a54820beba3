import { type FoundPackage, nameOf } from './found.ts';
import { Lines, Paragraph } from './lines.ts';
import { Collected, type FileReader } from './reader.ts';

const FIELDS = new Set(['package', 'status', 'version', 'architecture', 'source']);
/** States in which nothing of a package is there but, perhaps, its configuration. */
const ABSENT = new Set(['not-installed', 'config-files']);

/**
 * Debian's database of packages, and the files of one package each that distroless images have in its place.
 *
 * @see dpkg-query(1)
 */
export class DpkgStatus implements FileReader {
  readonly #packages = new Collected();
  readonly #paragraph = new Paragraph(FIELDS);
  readonly #lines = new Lines((line) => {
    if (line === '' || line.trim() === '') this.#close();
    else this.#paragraph.take(line);
  });

  write(chunk: Uint8Array): void {
    this.#lines.write(chunk);
  }

  end(): FoundPackage[] {
    this.#lines.end();
    this.#close();
    return this.#packages.all();
  }

  #close(): void {
    const found = packageOf(this.#paragraph.fields);
    this.#paragraph.fields.clear();
    if (found) this.#packages.add(found);
  }
}

/** Undefined for what is not there, or not any more. */
function packageOf(fields: ReadonlyMap<string, string>): FoundPackage | undefined {
  const name = nameOf(fields.get('package'));
  const version = nameOf(fields.get('version'));
  // Distroless images state none.
  const state = fields.get('status')?.split(' ').at(-1) ?? 'installed';
  if (name === undefined || version === undefined || ABSENT.has(state)) return undefined;
  const architecture = nameOf(fields.get('architecture'));
  const source = nameOf(fields.get('source')?.replace(/ \(.*$/, ''));
  return {
    type: 'deb',
    name,
    version,
    ...(architecture === undefined ? {} : { architecture }),
    ...(source === undefined || source === name ? {} : { source }),
  };
}
