import type { Database } from '../database/database.ts';
import { integer, text } from '../database/row.ts';
import { inSlices } from '../database/slices.ts';
import { Digests } from './digests.ts';
import { HELD } from './holders.ts';
import { writeDiffs } from './layer-diffs.ts';
import { quoted } from './search-text.ts';

/** Rows written in one transaction. */
const ROWS_AT_ONCE = 1_000;
/** Of parts of names so many are looked at, while somebody types; of whole names more than there are. */
const PART_MAX = { names: 60, versions: 300 };
const WHOLE_MAX = { names: 1_000, versions: 10_000 };
/** Names whose versions are read in one slice. */
const NAMES_AT_ONCE = 50;
/** Of fewer characters the index of texts knows nothing. */
const TRIGRAM = 3;

/** What an image has installed, as far as it could be read. */
export interface LookedInto {
  /** Of the image. */
  digest: string;
  source: string;
  packages: readonly { type: string; name: string; version: string }[];
  /** Something of it could not be read. */
  partly: boolean;
  /** Of its layers without their compression. */
  diffIds?: readonly string[];
  /** Unix milliseconds. */
  looked: number;
}

export interface PackageVersion {
  /** As the inventory knows it. */
  id: number;
  type: string;
  name: string;
  version: string;
}

export interface PackagesAsked {
  name: string;
  /** The name, or what follows its last slash or colon, is all of it; otherwise names that contain it fit as well. */
  whole: boolean;
}

export interface PackagesFound {
  /** Whole names first, then beginnings. */
  items: PackageVersion[];
  /** More fit than these. */
  more: boolean;
}

/** The packages of images. Written in slices: an image counts as looked into when all of it is there. */
export class Packages {
  readonly #database: Database;
  readonly #digests: Digests;

  constructor(database: Database) {
    this.#database = database;
    this.#digests = new Digests(database);
  }

  /** Takes the place of what was found in the image before. */
  *lookedInto({
    digest,
    source,
    packages,
    partly,
    diffIds = [],
    looked,
  }: LookedInto): Generator<void, void, void> {
    const image = this.#digests.idOf(digest);
    this.#database.run('DELETE FROM looked_into WHERE manifest_id = ?', image);
    this.#database.transaction(() => writeDiffs(this.#database, image, diffIds));
    for (let gone = ROWS_AT_ONCE; gone === ROWS_AT_ONCE; yield)
      gone = this.#database.run(
        `DELETE FROM image_packages WHERE (package_id, manifest_id) IN
           (SELECT package_id, manifest_id FROM image_packages WHERE manifest_id = ? LIMIT ${ROWS_AT_ONCE})`,
        image,
      );
    yield* inSlices(packages, ROWS_AT_ONCE, (some) =>
      this.#database.transaction(() => {
        for (const each of some)
          this.#database.run(
            'INSERT INTO image_packages VALUES (?, ?) ON CONFLICT DO NOTHING',
            this.#idOf(each),
            image,
          );
      }),
    );
    yield;
    this.#database.run(
      `INSERT OR REPLACE INTO looked_into
       VALUES (?, ?, (SELECT count(*) FROM image_packages WHERE manifest_id = ?1), ?, ?)`,
      image,
      source,
      Number(partly),
      looked,
    );
  }

  #idOf({ type, name, version }: Omit<PackageVersion, 'id'>): number {
    const known = this.#database.get(
      `SELECT package_versions.id FROM package_names JOIN package_versions ON name_id = package_names.id
       WHERE name = ? AND type = ? AND version = ?`,
      name,
      type,
      version,
    );
    if (known) return integer(known, 'id');
    this.#database.run(
      'INSERT INTO package_names (type, name) VALUES (?, ?) ON CONFLICT DO NOTHING',
      type,
      name,
    );
    const made = this.#database.get(
      `INSERT INTO package_versions (name_id, version)
       SELECT id, ? FROM package_names WHERE name = ? AND type = ? RETURNING id`,
      version,
      name,
      type,
    );
    return integer(made ?? {}, 'id');
  }
}

/** Those that an image has which a repository holds. */
export function* packageVersions(
  database: Database,
  { name, whole }: PackagesAsked,
): Generator<void, PackagesFound, void> {
  const most = whole ? WHOLE_MAX : PART_MAX;
  const names = new Map<number, Omit<PackageVersion, 'id' | 'version'>>();
  // The index of texts does not know what ends with so little.
  let more = whole && lengthOf(name) + 1 < TRIGRAM;
  for (const { sql, value } of whole ? wholeNames(name) : partsOfNames(name)) {
    const rows = database.all(sql, ...value, most.names + 1);
    more ||= rows.length > most.names;
    for (const row of rows) {
      const found = { type: text(row, 'type'), name: text(row, 'name') };
      if (!whole || isWhole(found.name, name)) names.set(integer(row, 'id'), found);
    }
    yield;
    if (rows.length > most.names) break;
  }
  const items: PackageVersion[] = [];
  for (const [at, [id, named]] of [...names].entries()) {
    if (at % NAMES_AT_ONCE === NAMES_AT_ONCE - 1) yield;
    if (items.length >= most.versions) return { items, more: true };
    const rows = database.all(
      `SELECT id, version FROM package_versions WHERE name_id = ? AND EXISTS
         (SELECT 1 FROM image_packages CROSS JOIN repository_manifests USING (manifest_id)
          WHERE package_id = package_versions.id AND ${HELD})`,
      id,
    );
    items.push(...rows.map((row) => ({ id: integer(row, 'id'), ...named, version: text(row, 'version') })));
  }
  return { items, more };
}

const NAMED = 'SELECT package_names.id, type, package_names.name AS name FROM';
const EXACT = `${NAMED} package_names WHERE name = ? LIMIT ?`;
const FITTING = `${NAMED} (SELECT rowid FROM package_text WHERE package_text MATCH ? ORDER BY rowid LIMIT ?) AS fitting
  JOIN package_names ON package_names.id = fitting.rowid`;

interface Question {
  sql: string;
  /** What it asks for, before how many. */
  value: string[];
}

/** The name itself, and what ends with it after a slash or a colon. */
function wholeNames(name: string): Question[] {
  const ending = `${quoted(`/${name}`)} OR ${quoted(`:${name}`)}`;
  return [
    { sql: EXACT, value: [name] },
    ...(lengthOf(name) + 1 < TRIGRAM ? [] : [{ sql: FITTING, value: [ending] }]),
  ];
}

/** From what is likely meant to what is possible. */
function partsOfNames(name: string): Question[] {
  return [
    { sql: EXACT, value: [name] },
    // What follows the last character there is comes after all that begins so.
    {
      sql: `${NAMED} package_names WHERE name >= ? AND name < ? ORDER BY name LIMIT ?`,
      value: [name, `${name}\u{10ffff}`],
    },
    ...(lengthOf(name) < TRIGRAM ? [] : [{ sql: FITTING, value: [quoted(name)] }]),
  ];
}

function lengthOf(name: string): number {
  return [...name].length;
}

function isWhole(name: string, asked: string): boolean {
  const [one, other] = [name.toLowerCase(), asked.toLowerCase()];
  return one === other || one.endsWith(`/${other}`) || one.endsWith(`:${other}`);
}

export interface PackageCountsAsked {
  /** Of versions of packages. */
  ids: readonly number[];
  /** Up to which they are counted. */
  most: number;
}

/** How many images have each. */
export function packageCounts(database: Database, { ids, most }: PackageCountsAsked): number[] {
  return ids.map((id) => {
    const row = database.get(
      `SELECT count(*) AS count FROM (SELECT DISTINCT manifest_id
         FROM image_packages CROSS JOIN repository_manifests USING (manifest_id)
         WHERE package_id = ? AND ${HELD} LIMIT ?)`,
      id,
      most,
    );
    return integer(row ?? {}, 'count');
  });
}
