import { type FoundPackage, licenceOf, nameOf } from './found.ts';
import { Lines, Paragraph } from './lines.ts';
import type { FileReader } from './reader.ts';

const FIELDS = new Set(['name', 'version', 'license', 'license-expression']);
const LICENCE_CLASS = /^Classifier:\s*License ::(?:.* ::)?\s*(.+)$/i;

/**
 * The description of a Python distribution as it is installed.
 *
 * @see https://packaging.python.org/en/latest/specifications/core-metadata/
 */
export class PythonMetadata implements FileReader {
  readonly #paragraph = new Paragraph(FIELDS);
  #class: string | undefined;
  /** After the first empty line comes the description. */
  #ended = false;
  readonly #lines = new Lines((line) => {
    if (line === '') this.#ended = true;
    if (this.#ended) return;
    this.#paragraph.take(line);
    this.#class ??= LICENCE_CLASS.exec(line)?.[1];
  });

  write(chunk: Uint8Array): void {
    if (!this.#ended) this.#lines.write(chunk);
  }

  end(): FoundPackage[] {
    if (!this.#ended) this.#lines.end();
    const { fields } = this.#paragraph;
    const name = nameOf(fields.get('name'));
    const version = nameOf(fields.get('version'));
    if (name === undefined || version === undefined) return [];
    const licence =
      licenceOf(fields.get('license-expression')) ??
      licenceOf(fields.get('license')) ??
      licenceOf(this.#class);
    return [{ type: 'pypi', name, version, ...(licence === undefined ? {} : { licence }) }];
  }
}
