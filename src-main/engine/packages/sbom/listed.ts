import { Turns } from '../../turns.ts';
import { licenceOf, nameOf, PACKAGES_MAX } from '../found.ts';
import { type ImagePackage, sortedByName } from '../image-package.ts';
import { Unread } from '../reader.ts';

/** Characters of a package URL. */
const PURL_MAX = 2_000;
/** Things that are no packages of an image: the image itself, and what an SBOM says of its making. */
const OTHER_TYPES = new Set(['oci', 'docker']);

/** Packages as a document lists them. */
export class Listed {
  readonly #byKey = new Map<string, Omit<ImagePackage, 'paths'> & { paths: Set<string> }>();
  readonly turns = new Turns(1);

  /** What has no name is passed over. */
  add({
    name,
    version,
    licence,
    purl,
    layer,
    paths = [],
  }: {
    name: string | undefined;
    version: string | undefined;
    licence?: string | undefined;
    purl?: string | undefined;
    layer?: number | undefined;
    paths?: readonly string[];
  }): void {
    const named = nameOf(name);
    const url = purl !== undefined && purl.length <= PURL_MAX ? purl : undefined;
    const type = typeOfPurl(url) ?? 'generic';
    if (named === undefined || OTHER_TYPES.has(type)) return;
    const stated = licenceOf(licence);
    const key = url ?? JSON.stringify([named, version ?? '']);
    const known = this.#byKey.get(key);
    if (!known && this.#byKey.size === PACKAGES_MAX)
      throw new Unread('tooMany', `It lists more than ${PACKAGES_MAX} packages.`);
    // One of many files is listed once for each.
    const files = known?.paths ?? new Set();
    for (const path of paths) files.add(path);
    this.#byKey.set(key, {
      type,
      name: named,
      version: nameOf(version) ?? '',
      ...(stated === undefined ? {} : { licence: stated }),
      ...(url === undefined ? {} : { purl: url }),
      ...(layer === undefined ? {} : { layer: Math.min(layer, known?.layer ?? layer) }),
      paths: files,
    });
  }

  all(): Promise<ImagePackage[]> {
    const packages = [...this.#byKey.values()].map(({ paths, ...one }) => ({ ...one, paths: [...paths] }));
    return sortedByName(packages, this.turns);
  }
}

function typeOfPurl(purl: string | undefined): string | undefined {
  return purl === undefined ? undefined : /^pkg:\/*([a-z0-9.+-]+)\//i.exec(purl)?.[1]?.toLowerCase();
}
