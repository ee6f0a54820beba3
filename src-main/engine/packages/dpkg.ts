import { type FoundPackage, nameOf } from './found.ts';
import { Paragraph } from './lines.ts';
import { Paragraphs } from './paragraphs.ts';
import type { FileReader } from './reader.ts';

const FIELDS = new Set(['package', 'status', 'version', 'architecture', 'source']);
/** States in which nothing of a package is there but, perhaps, its configuration. */
const ABSENT = new Set(['not-installed', 'config-files']);

/**
 * Debian's database of packages, and the files of one package each that distroless images have in its place.
 *
 * @see dpkg-query(1)
 */
export function dpkgStatus(): FileReader {
  const paragraph = new Paragraph(FIELDS);
  return new Paragraphs(
    (line) => paragraph.take(line),
    () => {
      const found = packageOf(paragraph.fields);
      paragraph.fields.clear();
      return found;
    },
  );
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
