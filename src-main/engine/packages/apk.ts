import { type FoundPackage, licenceOf, nameOf } from './found.ts';
import { Lines } from './lines.ts';
import { Collected, type FileReader } from './reader.ts';

/** Alpine's database of packages: a paragraph each, its fields named by one letter. @see apk-v2(5) */
export class ApkInstalled implements FileReader {
  readonly #packages = new Collected();
  readonly #fields = new Map<string, string>();
  readonly #lines = new Lines((line) => {
    if (line === '') this.#close();
    else if (line[1] === ':' && 'PVALo'.includes(line[0] ?? ' '))
      this.#fields.set(line[0] ?? '', line.slice(2));
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
    const name = nameOf(this.#fields.get('P'));
    const version = nameOf(this.#fields.get('V'));
    const architecture = nameOf(this.#fields.get('A'));
    const licence = licenceOf(this.#fields.get('L'));
    const source = nameOf(this.#fields.get('o'));
    this.#fields.clear();
    if (name === undefined || version === undefined) return;
    this.#packages.add({
      type: 'apk',
      name,
      version,
      ...(licence === undefined ? {} : { licence }),
      ...(architecture === undefined ? {} : { architecture }),
      ...(source === undefined || source === name ? {} : { source }),
    });
  }
}
