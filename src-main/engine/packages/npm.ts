import { isObject, listOf, textOf } from '../model/json-fields.ts';
import { readDocument } from './document.ts';
import { type FoundPackage, licenceOf, nameOf } from './found.ts';
import { type FileReader, WholeFile } from './reader.ts';

/** Bytes: most have some thousand, and parsing takes no more than a few milliseconds for each of these. */
const DOCUMENT_MAX = 1024 * 1024;

/** The description of a package as it lies in `node_modules`. One without a name or a version is a part of another package. */
export function packageJson(size: number): FileReader {
  return new WholeFile(size, DOCUMENT_MAX, (bytes) => {
    const document = readDocument(bytes);
    const name = nameOf(textOf(document.name));
    const version = nameOf(textOf(document.version));
    if (name === undefined || version === undefined) return [];
    const licence = licenceOf(statedLicence(document.license) ?? statedLicence(document.licenses));
    return [
      { type: 'npm', name, version, ...(licence === undefined ? {} : { licence }) },
    ] satisfies FoundPackage[];
  });
}

/** An expression or, of old, an object or a list of those. */
function statedLicence(value: unknown): string | undefined {
  if (isObject(value)) return textOf(value.type) ?? textOf(value.name);
  if (!Array.isArray(value)) return textOf(value);
  const each = listOf(value).flatMap((item) => statedLicence(item) ?? []);
  return each.length === 0 ? undefined : each.join(' OR ');
}
