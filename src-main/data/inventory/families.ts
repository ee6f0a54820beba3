import type { Database } from '../database/database.ts';
import { integer, text } from '../database/row.ts';
import { Chains, Numbers } from './chains.ts';
import { type Mark, type SharedPrefix, sharedPrefixes } from './prefixes.ts';
import { nameOf, type Scope, within } from './totals.ts';

/** Families that are kept of a scope. */
const KEPT = 1_000;
/** Manifests read in one slice. */
const MANIFESTS_AT_ONCE = 500;
/** Families looked at in one slice. */
const PREFIXES_AT_ONCE = 100;
/** Manifests of a scope whose families are worked out while the question waits. */
const AT_ONCE_MAX = 5_000;

/** Images that begin with the same layers. */
export interface Family {
  /** Digests of these layers, the lowest first. */
  base: string[];
  /** Bytes of the base, each layer once. */
  size: number;
  images: number;
  repositories: number;
  tags: number;
}

export interface FamiliesAsked {
  scope: Scope;
  offset: number;
  limit: number;
  /** Unix milliseconds. */
  now: number;
}

export interface FamiliesFound {
  items: Family[];
  total: number;
  /** Unix milliseconds: what changed since then comes in a while; absent where nothing did. */
  asOf?: number;
}

/** Tags of a scope by manifest and repository, in lists side by side, ordered by manifest: they are many. */
interface Tagged {
  manifests: Numbers;
  repositories: Numbers;
  counts: Numbers;
}

/**
 * Families of a scope, those in most repositories first: of a registry or namespace those in more than one repository. Worked out from
 * all its images, which takes seconds where these are many; then what was worked out before is shown, and renewed behind.
 */
export class Families {
  readonly #database: Database;
  readonly #wanted = new Map<string, Scope>();

  constructor(database: Database) {
    this.#database = database;
  }

  *families({ scope, offset, limit, now }: FamiliesAsked): Generator<void, FamiliesFound, void> {
    const made = this.#made(scope);
    const isOld = made?.settled !== this.#settled();
    if (isOld) {
      if (made && this.#size(scope) > AT_ONCE_MAX)
        this.#wanted.set(`${scope.registry} ${nameOf(scope)}`, scope);
      else yield* this.#make(scope, now);
    }
    const current = this.#made(scope);
    const rows = this.#database.all(
      `SELECT manifest_id, layers, images, repositories, tags FROM families
       WHERE account_id = ? AND name = ? AND position >= ? ORDER BY position LIMIT ?`,
      scope.registry,
      nameOf(scope),
      offset,
      limit,
    );
    const items = rows.map((row) => ({
      ...this.#baseOf(integer(row, 'manifest_id'), integer(row, 'layers')),
      images: integer(row, 'images'),
      repositories: integer(row, 'repositories'),
      tags: integer(row, 'tags'),
    }));
    return {
      items,
      total: current?.total ?? 0,
      ...(isOld && made && current?.made === made.made ? { asOf: made.made } : {}),
    };
  }

  /** Renews what was asked for and is old. */
  *renew(now: number): Generator<void, void, void> {
    for (const [key, scope] of this.#wanted) {
      yield* this.#make(scope, now);
      this.#wanted.delete(key);
    }
  }

  *#make(scope: Scope, now: number): Generator<void, void, void> {
    const settled = this.#settled();
    const images = yield* this.#images(scope);
    const tagged = yield* this.#tagged(scope);
    yield;
    images.sort();
    yield;
    const least = scope.repository === undefined ? 2 : 1;
    const found: SharedPrefix[] = [];
    let looked = 0;
    const counts = { marks: tagged.manifests.length, owners: this.#lastRepository() + 1 };
    for (const prefix of sharedPrefixes(images, counts, (at) => this.#tagsOf(images.name(at), tagged))) {
      if (++looked % PREFIXES_AT_ONCE === 0) yield;
      if (prefix.owners >= least) found.push(prefix);
    }
    found.sort(
      (one, other) => other.owners - one.owners || other.weight - one.weight || other.length - one.length,
    );
    this.#database.transaction(() => {
      const name = nameOf(scope);
      this.#database.run('DELETE FROM families WHERE account_id = ? AND name = ?', scope.registry, name);
      for (const [position, { chain, length, chains, owners, weight }] of found.slice(0, KEPT).entries())
        this.#database.run(
          'INSERT INTO families VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
          scope.registry,
          name,
          position,
          images.name(chain),
          length,
          chains,
          owners,
          weight,
        );
      this.#database.run(
        'INSERT OR REPLACE INTO families_made VALUES (?, ?, ?, ?, ?)',
        scope.registry,
        name,
        now,
        settled,
        found.length,
      );
    });
  }

  /** Images with layers that repositories of the scope hold. */
  *#images(scope: Scope): Generator<void, Chains, void> {
    const { where, values } = within(scope);
    const images = new Chains();
    for (let after = 0; ; ) {
      const rows = this.#database.all(
        `SELECT id, (SELECT group_concat(blob_id, ' ') FROM
             (SELECT blob_id FROM manifest_blobs WHERE manifest_id = some.id AND role = 1 ORDER BY position)) AS layers FROM
           (SELECT manifests.id FROM manifests WHERE id > ? AND kind = 'image' AND read = 1 ORDER BY id LIMIT ?) AS some
         WHERE EXISTS (SELECT 1 FROM repository_manifests CROSS JOIN repositories ON repositories.id = repository_id
           WHERE manifest_id = some.id AND status = 2 AND ${where})`,
        after,
        MANIFESTS_AT_ONCE,
        ...values,
      );
      for (const row of rows)
        if (row.layers !== null) images.push(integer(row, 'id'), text(row, 'layers').split(' ').map(Number));
      const last = this.#database.get(
        `SELECT max(id) AS last FROM (SELECT id FROM manifests WHERE id > ? AND kind = 'image' AND read = 1 ORDER BY id LIMIT ?)`,
        after,
        MANIFESTS_AT_ONCE,
      );
      if (last?.last === null) return images;
      after = integer(last ?? {}, 'last');
      yield;
    }
  }

  *#tagged(scope: Scope): Generator<void, Tagged, void> {
    const { where, values } = within(scope);
    const tagged: Tagged = {
      manifests: new Numbers(),
      repositories: new Numbers(),
      counts: new Numbers(),
    };
    const last = integer(
      this.#database.get('SELECT coalesce(max(manifest_id), 0) AS last FROM tags') ?? {},
      'last',
    );
    for (let from = 0; from <= last; from += 10 * MANIFESTS_AT_ONCE) {
      const rows = this.#database.all(
        `SELECT manifest_id, repository_id, count(*) AS count FROM tags CROSS JOIN repositories ON repositories.id = repository_id
         WHERE manifest_id > ? AND manifest_id <= ? AND ${where} GROUP BY manifest_id, repository_id`,
        from,
        from + 10 * MANIFESTS_AT_ONCE,
        ...values,
      );
      for (const row of rows) {
        tagged.manifests.push(integer(row, 'manifest_id'));
        tagged.repositories.push(integer(row, 'repository_id'));
        tagged.counts.push(integer(row, 'count'));
      }
      yield;
    }
    return tagged;
  }

  /** The tags on the image itself and on all indexes around it, where their repository has the image: marks are their places. */
  *#tagsOf(image: number, { manifests, repositories, counts }: Tagged): Generator<Mark, void, void> {
    const holding = new Set(
      this.#database
        .all('SELECT repository_id FROM repository_manifests WHERE manifest_id = ? AND status = 2', image)
        .map((row) => integer(row, 'repository_id')),
    );
    const around = new Set([image]);
    for (const manifest of around) {
      for (
        let at = manifests.firstOf(manifest);
        at < manifests.length && manifests.at(at) === manifest;
        at++
      ) {
        const owner = repositories.at(at);
        if (holding.has(owner)) yield { mark: at, owner, weight: counts.at(at) };
      }
      for (const row of this.#database.all(
        'SELECT manifest_id FROM manifest_children WHERE child_id = ?',
        manifest,
      ))
        around.add(integer(row, 'manifest_id'));
    }
  }

  #baseOf(manifest: number, layers: number): Pick<Family, 'base' | 'size'> {
    const rows = this.#database.all(
      `SELECT digest, size FROM manifest_blobs JOIN contents ON contents.id = blob_id
       WHERE manifest_id = ? AND role = 1 ORDER BY position LIMIT ?`,
      manifest,
      layers,
    );
    const sizes = new Map(rows.map((row) => [text(row, 'digest'), integer(row, 'size')]));
    return {
      base: rows.map((row) => text(row, 'digest')),
      size: [...sizes.values()].reduce((sum, size) => sum + size, 0),
    };
  }

  #made(scope: Scope): { made: number; settled: number; total: number } | undefined {
    const row = this.#database.get(
      'SELECT made, settled, total FROM families_made WHERE account_id = ? AND name = ?',
      scope.registry,
      nameOf(scope),
    );
    return (
      row && { made: integer(row, 'made'), settled: integer(row, 'settled'), total: integer(row, 'total') }
    );
  }

  #settled(): number {
    const row = this.#database.get("SELECT value FROM marks WHERE name = 'settled'");
    return row ? integer(row, 'value') : 0;
  }

  #lastRepository(): number {
    return integer(this.#database.get('SELECT coalesce(max(id), 0) AS last FROM repositories') ?? {}, 'last');
  }

  #size(scope: Scope): number {
    const { where, values } = within(scope);
    const row = this.#database.get(
      `SELECT total(manifests) AS count FROM repositories WHERE ${where}`,
      ...values,
    );
    return integer(row ?? {}, 'count');
  }
}
