import { Turns } from '../turns.ts';
import { type FoundPackage, licenceOf, nameOf } from './found.ts';
import { type FileReader, Unread, WholeFile } from './reader.ts';
import { type ZipEntry, ZipFile } from './zip.ts';

/** Bytes of an archive, which is held while it is read: large programs with all that they need have some hundred million. */
const ARCHIVE_MAX = 256 * 1024 * 1024;
/** Bytes that all archives within one may have together, unpacked: no more is held at a time than that. */
const NESTED_MAX = 512 * 1024 * 1024;
/** Bytes of all texts in an archive and those within it: each has some hundred. */
const TEXTS_MAX = 64 * 1024 * 1024;
/** Archives within archives: a war in an ear, with libraries. */
const DEPTH_MAX = 5;
/** Archives within one, over all depths. */
const ARCHIVES_MAX = 20_000;
/** Bytes of a text in an archive; more is no description of a package. */
const TEXT_MAX = 1024 * 1024;

const ARCHIVE = /\.(jar|war|ear|par|sar|jpi|hpi|kar|nar)$/i;
const POM = /^META-INF\/maven\/[^/]+\/[^/]+\/pom\.properties$/;
const MANIFEST = /^META-INF\/MANIFEST\.MF$/i;
/** `commons-lang3-3.12.0.jar` */
const VERSIONED = /^(.+?)[-_]v?(\d[\w.+-]*)$/;
const VERSION_FIELDS = ['implementation-version', 'bundle-version', 'specification-version'];

export const isJavaArchive = (path: string): boolean => ARCHIVE.test(path);

/** Java archives with those that lie in them. */
export function javaArchive(path: string, size: number): FileReader {
  return new WholeFile(size, ARCHIVE_MAX, async (bytes) => {
    const search = new Search();
    await search.look(bytes, path, 0);
    const { unread, found } = search;
    if (unread) throw new Unread(unread.code, unread.message, found);
    return found;
  });
}

class Search {
  readonly found: FoundPackage[] = [];
  /** The first thing that was not read; the rest was. */
  unread: Unread | undefined;
  readonly #turns = new Turns(1);
  #nested = 0;
  #texts = 0;
  #archives = 0;

  /** @param path of the archive, whose name may say what it is */
  async look(bytes: Buffer, path: string, depth: number): Promise<void> {
    const poms: FoundPackage[] = [];
    let manifest = '';
    const zip = new ZipFile(bytes);
    const name = path.split('/').at(-1) ?? '';
    await this.#trying(async () => {
      for (const entry of zip.entries()) {
        await this.#turns.take();
        const isPom = POM.test(entry.name);
        if (isPom || MANIFEST.test(entry.name)) {
          await this.#trying(async () => {
            const text = await this.#text(zip, entry);
            if (isPom) poms.push(...packageOfPom(text));
            else manifest = text;
          });
        } else if (isJavaArchive(entry.name)) {
          await this.#trying(async () => {
            if (depth === DEPTH_MAX)
              throw new Unread('tooMany', `Archives in it lie more than ${DEPTH_MAX} deep in each other.`);
            this.#archives += 1;
            if (this.#archives > ARCHIVES_MAX)
              throw new Unread('tooMany', `There are more than ${ARCHIVES_MAX} archives in it.`);
            const inner = await zip.content(entry, NESTED_MAX - this.#nested);
            this.#nested += inner.byteLength;
            await this.look(inner, entry.name, depth + 1);
          });
        }
      }
    });
    const fields = fieldsOf(manifest);
    const licence = licenceOf(fields.get('bundle-license'));
    const base = name.replace(ARCHIVE, '');
    // An archive of one artifact says its licence in its manifest; one of several is whatever its name says.
    const [only] = poms;
    if (poms.length === 1 && only) this.found.push(licence === undefined ? only : { ...only, licence });
    else if (poms.length > 1) {
      const own = poms.find((pom) => base === pom.name || base === `${pom.name}-${pom.version}`);
      for (const pom of poms)
        this.found.push(pom === own && licence !== undefined ? { ...pom, licence } : pom);
    } else {
      const named = packageOfName(base, fields);
      if (named) this.found.push(licence === undefined ? named : { ...named, licence });
    }
  }

  async #text(zip: ZipFile, entry: ZipEntry): Promise<string> {
    if (this.#texts > TEXTS_MAX)
      throw new Unread('tooLarge', `Its descriptions have more than ${TEXTS_MAX} bytes.`);
    const bytes = await zip.content(entry, TEXT_MAX);
    this.#texts += bytes.byteLength;
    return bytes.toString('utf8');
  }

  async #trying(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof Unread)) throw error;
      this.unread ??= error;
    }
  }
}

function packageOfPom(text: string): FoundPackage[] {
  const fields = new Map(
    text.split(/\r?\n/).flatMap((line): [string, string][] => {
      const [, key = '', value = ''] = /^\s*(groupId|artifactId|version)\s*[=:]\s*(.*?)\s*$/.exec(line) ?? [];
      return key === '' ? [] : [[key, value]];
    }),
  );
  const group = nameOf(fields.get('groupId'));
  const name = nameOf(fields.get('artifactId'));
  const version = nameOf(fields.get('version'));
  if (name === undefined || version === undefined) return [];
  return [{ type: 'maven', ...(group === undefined ? {} : { group }), name, version }];
}

/** An archive without Maven's description: its name, and a version where its name or its manifest has one. */
function packageOfName(base: string, fields: ReadonlyMap<string, string>): FoundPackage | undefined {
  // One that is too long for a name is not looked through for a version.
  const whole = nameOf(base);
  if (whole === undefined) return undefined;
  const [, before = whole, after] = VERSIONED.exec(whole) ?? [];
  const name = nameOf(before);
  if (name === undefined) return undefined;
  const version = [after, ...VERSION_FIELDS.map((field) => fields.get(field))].flatMap(
    (text) => nameOf(text) ?? [],
  )[0];
  const group = nameOf(fields.get('implementation-vendor-id'));
  return { type: 'maven', ...(group === undefined ? {} : { group }), name, version: version ?? '' };
}

/** The main section of a manifest; lines of 72 bytes go on with a blank. @see https://docs.oracle.com/en/java/javase/21/docs/specs/jar/jar.html */
function fieldsOf(manifest: string): Map<string, string> {
  const main = manifest.split(/\r?\n\r?\n/, 1)[0] ?? '';
  const fields = new Map<string, string>();
  for (const line of main.replace(/\r?\n /g, '').split(/\r?\n/)) {
    const colon = line.indexOf(':');
    if (colon > 0) fields.set(line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim());
  }
  return fields;
}
