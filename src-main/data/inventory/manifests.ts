import type { ManifestFacts } from '../../common/facts.ts';
import type { Platform } from '../../common/image.ts';
import type { Database } from '../database/database.ts';
import { integer } from '../database/row.ts';
import { inSlices } from '../database/slices.ts';
import type { Configs } from './configs.ts';
import { countedSize, Digests } from './digests.ts';
import type { Holdings } from './holdings.ts';
import type { Places } from './places.ts';

/** Rows written in one transaction, and manifests asked for in one slice. */
const ROWS_AT_ONCE = 1_000;

/** What a blob is to its manifest, as rows have it. */
export const ROLES = ['config', 'layer', 'other'] as const;

/** What is known of manifests: their facts, and which repository holds them. Written in slices. */
export class Manifests {
  readonly #database: Database;
  readonly #digests: Digests;
  readonly #holdings: Holdings;
  readonly #places: Places;
  readonly #configs: Configs;

  constructor(database: Database, holdings: Holdings, places: Places, configs: Configs) {
    this.#database = database;
    this.#digests = new Digests(database);
    this.#holdings = holdings;
    this.#places = places;
    this.#configs = configs;
  }

  /** They were read in the repository. */
  *manifests({ registry, repository, facts, seen }: ManifestsSeen): Generator<void, void, void> {
    yield* this.#each(
      facts,
      ({ blobs, children }) => 5 + blobs.length + children.length,
      (some) => {
        const id = this.#places.repository(registry, repository, seen);
        for (const one of some) this.#hold(id, this.#keep(one), seen);
      },
    );
  }

  /** They are in the repository as its product lists them, without having been read. */
  *listed({ registry, repository, artifacts, seen }: ArtifactsListed): Generator<void, void, void> {
    yield* this.#each(
      artifacts,
      () => 5,
      (some) => {
        const id = this.#places.repository(registry, repository, seen);
        for (const artifact of some) {
          const manifest = 'kind' in artifact ? this.#list(artifact) : this.#digests.idOf(artifact.digest);
          this.#hold(id, manifest, seen);
          this.#date(id, manifest, artifact);
        }
      },
    );
  }

  /** They were asked for, or deleted, and are not there: also what tags and indexes name. */
  *removeManifests({ registry, repository, digests }: ManifestsGone): Generator<void, void, void> {
    yield* this.#each(
      digests,
      () => 2,
      (some) => {
        const id = this.#places.find(registry, repository);
        if (id === undefined) return;
        for (const digest of some) {
          const manifest = this.#digests.idOf(digest);
          this.#database.run(
            `INSERT INTO repository_manifests (repository_id, manifest_id, missing) VALUES (?, ?, 1)
             ON CONFLICT DO UPDATE SET missing = 1, held = NULL`,
            id,
            manifest,
          );
          this.#settleLater(id, manifest);
        }
      },
    );
  }

  /** Those of the digests whose manifests were read. */
  *factsKnown(digests: readonly string[]): Generator<void, string[], void> {
    const known: string[] = [];
    yield* inSlices(digests, ROWS_AT_ONCE, (some) => {
      known.push(...some.filter((digest) => this.#isRead(digest)));
    });
    return known;
  }

  #isRead(digest: string): boolean {
    const row = this.#database.get(
      'SELECT 1 FROM contents JOIN manifests USING (id) WHERE digest = ? AND read = 1',
      digest,
    );
    return row !== undefined;
  }

  #keep({ digest, ...facts }: ManifestFacts): number {
    const id = this.#digests.idOf(digest);
    const had = this.#database.get('SELECT read, created, platforms FROM manifests WHERE id = ?', id);
    if (had && integer(had, 'read') === 1) {
      this.#configs.complete(id, had, facts);
      return id;
    }
    this.#write(id, facts, { read: 1, subject: facts.subject });
    this.#grow(id, facts.size);
    for (const [position, child] of facts.children.entries())
      this.#database.run(
        'INSERT INTO manifest_children VALUES (?, ?, ?, ?, ?, ?, ?)',
        id,
        position,
        this.#digests.idOf(child.digest),
        countedSize(child.size),
        this.#digests.mediaType(child.mediaType),
        child.platform ? JSON.stringify(child.platform) : null,
        Number(child.attestation ?? false),
      );
    for (const [position, blob] of facts.blobs.entries()) {
      const blobId = this.#digests.idOf(blob.digest);
      this.#grow(blobId, blob.size);
      this.#database.run(
        'INSERT INTO manifest_blobs VALUES (?, ?, ?, ?, ?)',
        id,
        position,
        blobId,
        ROLES.indexOf(blob.role),
        this.#digests.mediaType(blob.mediaType),
      );
    }
    this.#sumLater(id);
    this.#database.run(
      'INSERT OR IGNORE INTO pending SELECT repository_id, manifest_id FROM repository_manifests WHERE manifest_id = ?',
      id,
    );
    return id;
  }

  #list({ digest, size, ...facts }: ListedManifest): number {
    const id = this.#digests.idOf(digest);
    const had = this.#database.get('SELECT read FROM manifests WHERE id = ?', id);
    if (!had || integer(had, 'read') === 0) this.#write(id, facts, { read: 0 });
    this.#database.run('UPDATE manifests SET listed_size = ? WHERE id = ?', countedSize(size), id);
    this.#sumLater(id);
    return id;
  }

  #write(
    id: number,
    facts: Omit<ListedManifest, 'digest' | 'size'> & { unreadable?: string },
    { read, subject }: { read: 0 | 1; subject?: string | undefined },
  ): void {
    this.#database.run(
      `INSERT INTO manifests (id, read, media_type, kind, created, platforms, artifact_type, attested, subject_id, unreadable)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET read = excluded.read, media_type = excluded.media_type, kind = excluded.kind,
         created = coalesce(excluded.created, created), platforms = iif(excluded.platforms = '[]', platforms, excluded.platforms),
         artifact_type = excluded.artifact_type, attested = excluded.attested, subject_id = excluded.subject_id,
         unreadable = excluded.unreadable`,
      id,
      read,
      facts.mediaType,
      facts.kind,
      facts.created ?? null,
      JSON.stringify(facts.platforms),
      facts.artifactType ?? null,
      Number(facts.attested),
      subject === undefined ? null : this.#digests.idOf(subject),
      facts.unreadable ?? null,
    );
  }

  #date(repository: number, manifest: number, { pushed, pulled }: DatedManifest): void {
    if (pushed === undefined && pulled === undefined) return;
    // A product may list it once for each of its tags: the latest of them is that of the manifest.
    this.#database.run(
      `UPDATE repository_manifests SET pushed = max(coalesce(?1, pushed), coalesce(pushed, ?1)),
         pulled = max(coalesce(?2, pulled), coalesce(pulled, ?2))
       WHERE repository_id = ?3 AND manifest_id = ?4`,
      pushed ?? null,
      pulled === null ? '' : (pulled ?? null),
      repository,
      manifest,
    );
  }

  #hold(repository: number, manifest: number, seen: number): void {
    const had = this.#database.get(
      'SELECT held, missing FROM repository_manifests WHERE repository_id = ? AND manifest_id = ?',
      repository,
      manifest,
    );
    this.#database.run(
      `INSERT INTO repository_manifests (repository_id, manifest_id, held) VALUES (?, ?, ?)
       ON CONFLICT DO UPDATE SET held = excluded.held, missing = 0`,
      repository,
      manifest,
      seen,
    );
    if (!had || had.held === null || integer(had, 'missing') === 1) this.#settleLater(repository, manifest);
  }

  /** Of what is said of a blob's bytes, the most counts: the order in which manifests are read does not matter. */
  #grow(content: number, claimed: number): void {
    const size = countedSize(claimed);
    const had = integer(this.#database.get('SELECT size FROM contents WHERE id = ?', content) ?? {}, 'size');
    if (size <= had) return;
    if (this.#isKnown(content)) this.#growHeld(content, size - had);
    this.#database.run('UPDATE contents SET size = ? WHERE id = ?', size, content);
  }

  /** Whether any manifest that was read holds it: mostly not, when it is new. */
  #isKnown(content: number): boolean {
    const row = this.#database.get(
      `SELECT EXISTS (SELECT 1 FROM manifest_blobs WHERE blob_id = ?1)
         OR EXISTS (SELECT 1 FROM repository_manifests WHERE manifest_id = ?1 AND status = 2) AS known`,
      content,
    );
    return row?.known === 1;
  }

  #growHeld(content: number, bytes: number): void {
    const holding = this.#database.all(
      `SELECT DISTINCT repository_id FROM
         (SELECT ?1 AS id UNION ALL SELECT manifest_id FROM manifest_blobs WHERE blob_id = ?1) AS holding
         CROSS JOIN repository_manifests ON manifest_id = holding.id WHERE status = 2`,
      content,
    );
    if (holding.length > 0)
      this.#holdings.grow(
        content,
        bytes,
        holding.map((row) => integer(row, 'repository_id')),
      );
    this.#database.run(
      'INSERT OR IGNORE INTO pending_sums SELECT ?1 UNION SELECT manifest_id FROM manifest_blobs WHERE blob_id = ?1',
      content,
    );
  }

  #settleLater(repository: number, manifest: number): void {
    this.#database.run('INSERT OR IGNORE INTO pending VALUES (?, ?)', repository, manifest);
  }

  #sumLater(manifest: number): void {
    this.#database.run('INSERT OR IGNORE INTO pending_sums VALUES (?)', manifest);
  }

  *#each<Item>(
    items: readonly Item[],
    rowsOf: (item: Item) => number,
    write: (some: readonly Item[]) => void,
  ): Generator<void, void, void> {
    for (let start = 0; start < items.length; ) {
      if (start > 0) yield;
      let end = start;
      for (let rows = 0; end < items.length && rows < ROWS_AT_ONCE; end++) rows += rowsOf(items[end] as Item);
      const some = items.slice(start, end);
      try {
        this.#database.transaction(() => {
          write(some);
          this.#holdings.write();
        });
      } catch (error) {
        this.#holdings.forget();
        throw error;
      }
      start = end;
    }
  }
}

interface InRepository {
  /** An account's id, or the origin of a registry without one. */
  registry: string;
  repository: string;
}

export interface ManifestsSeen extends InRepository {
  facts: readonly ManifestFacts[];
  /** Unix milliseconds. */
  seen: number;
}

export interface ManifestsGone extends InRepository {
  digests: readonly string[];
}

/** A manifest of which a product's API says when it was pushed there, and pulled last: null where it never was. */
export interface DatedManifest {
  digest: string;
  pushed?: string;
  pulled?: string | null;
}

/** A manifest as a product's API lists it. */
export interface ListedManifest extends DatedManifest {
  mediaType: string;
  kind: ManifestFacts['kind'];
  /** Bytes of it and of all below it, as the product counts them. */
  size: number;
  created?: string;
  platforms: readonly Platform[];
  artifactType?: string;
  attested: boolean;
}

export interface ArtifactsListed extends InRepository {
  artifacts: readonly (ListedManifest | DatedManifest)[];
  seen: number;
}
