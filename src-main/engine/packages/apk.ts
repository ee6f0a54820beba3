import { type FoundPackage, licenceOf, nameOf } from './found.ts';
import { Paragraphs } from './paragraphs.ts';
import type { FileReader } from './reader.ts';

/** Alpine's database of packages: a paragraph each, its fields named by one letter. @see apk-v2(5) */
export function apkInstalled(): FileReader {
  const fields = new Map<string, string>();
  return new Paragraphs(
    (line) => {
      if (line[1] === ':' && 'PVALo'.includes(line[0] ?? ' ')) fields.set(line[0] ?? '', line.slice(2));
    },
    () => {
      const found = packageOf(fields);
      fields.clear();
      return found;
    },
  );
}

function packageOf(fields: ReadonlyMap<string, string>): FoundPackage | undefined {
  const name = nameOf(fields.get('P'));
  const version = nameOf(fields.get('V'));
  if (name === undefined || version === undefined) return undefined;
  const architecture = nameOf(fields.get('A'));
  const licence = licenceOf(fields.get('L'));
  const source = nameOf(fields.get('o'));
  return {
    type: 'apk',
    name,
    version,
    ...(licence === undefined ? {} : { licence }),
    ...(architecture === undefined ? {} : { architecture }),
    ...(source === undefined || source === name ? {} : { source }),
  };
}
