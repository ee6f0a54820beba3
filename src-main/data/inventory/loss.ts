import type { Database } from '../database/database.ts';
import { integer, type Row } from '../database/row.ts';

/** What goes from one repository. */
export interface Loss {
  repository: number;
  name: string;
  /** Manifests that no tag is on any more, and all that go with them. */
  roots: ReadonlySet<number>;
  gone: ReadonlySet<number>;
  referrers: number;
  unread: number;
}

/** What goes with manifests of which tags go, or all. @param going by manifest, how many of its tags go */
export function lossOf(
  database: Database,
  registry: string,
  name: string,
  going: ReadonlyMap<number, number>,
): Loss {
  const repository = integer(
    database.get('SELECT id FROM repositories WHERE account_id = ? AND name = ?', registry, name) ?? {},
    'id',
  );
  const isTagged = (manifest: number): boolean => {
    const row = database.get(
      'SELECT count(*) AS count FROM (SELECT 1 FROM tags WHERE manifest_id = ? AND repository_id = ? LIMIT ?)',
      manifest,
      repository,
      (going.get(manifest) ?? 0) + 1,
    );
    return integer(row ?? {}, 'count') > (going.get(manifest) ?? 0);
  };
  const roots = new Set([...going.keys()].filter((manifest) => !isTagged(manifest)));
  const contained = new Set(roots);
  for (const manifest of contained)
    for (const child of childrenOf(database, repository, manifest)) contained.add(child);
  const below = belowOf(database, repository, contained);
  // What is tagged, or held from outside, stays, and all that it needs.
  const kept = new Set(
    [...below].filter(
      (manifest) => isTagged(manifest) || above(database, repository, manifest).some((id) => !below.has(id)),
    ),
  );
  for (const manifest of kept) {
    for (const child of childrenOf(database, repository, manifest)) if (below.has(child)) kept.add(child);
    for (const referrer of referrersOf(database, repository, manifest))
      if (below.has(referrer)) kept.add(referrer);
  }
  const gone = new Set([...below].filter((manifest) => !kept.has(manifest)));
  const isUnread = (manifest: number) => statusOf(database, repository, manifest) === 1;
  return {
    repository,
    name,
    roots,
    gone,
    referrers: [...gone].filter((manifest) => !contained.has(manifest)).length,
    unread: [...gone].filter(isUnread).length,
  };
}

/** Manifests of a repository and all that it has because of them: children of indexes, and what is attached. */
export function belowOf(database: Database, repository: number, manifests: Iterable<number>): Set<number> {
  const below = new Set(manifests);
  for (const manifest of below) {
    for (const child of childrenOf(database, repository, manifest)) below.add(child);
    for (const referrer of referrersOf(database, repository, manifest)) below.add(referrer);
  }
  return below;
}

/** 0: nothing there needs it; 1: needed and not read; 2: what it holds is counted; 3: needed and missing. */
export function statusOf(database: Database, repository: number, manifest: number): number {
  const row = database.get(
    'SELECT status FROM repository_manifests WHERE repository_id = ? AND manifest_id = ?',
    repository,
    manifest,
  );
  return row ? integer(row, 'status') : 0;
}

const idsOf = (rows: readonly Row[]): number[] => rows.map((row) => integer(row, 'id'));

/** Children that are there, of an index that was read. */
function childrenOf(database: Database, repository: number, manifest: number): number[] {
  return idsOf(
    database.all(
      `SELECT child_id AS id FROM repository_manifests AS parent
       CROSS JOIN manifest_children AS edge ON edge.manifest_id = parent.manifest_id
       CROSS JOIN repository_manifests AS child ON child.repository_id = parent.repository_id AND child.manifest_id = child_id
       WHERE parent.repository_id = ? AND parent.manifest_id = ? AND parent.status = 2 AND child.status IN (1, 2)`,
      repository,
      manifest,
    ),
  );
}

/** Referrers that are there because of what they are attached to. */
function referrersOf(database: Database, repository: number, manifest: number): number[] {
  return idsOf(
    database.all(
      `SELECT id FROM manifests CROSS JOIN repository_manifests AS own ON own.repository_id = ? AND own.manifest_id = id
       WHERE subject_id = ? AND own.held IS NOT NULL AND own.status IN (1, 2)`,
      repository,
      manifest,
    ),
  );
}

/** Indexes that hold a manifest, and what it is attached to. */
function above(database: Database, repository: number, manifest: number): number[] {
  return idsOf(
    database.all(
      `SELECT edge.manifest_id AS id FROM manifest_children AS edge
         CROSS JOIN repository_manifests AS parent ON parent.manifest_id = edge.manifest_id AND parent.repository_id = ?1
         WHERE edge.child_id = ?2 AND parent.status = 2
       UNION ALL SELECT subject_id FROM manifests
         CROSS JOIN repository_manifests AS own ON own.manifest_id = ?2 AND own.repository_id = ?1
         CROSS JOIN repository_manifests AS subject ON subject.manifest_id = subject_id AND subject.repository_id = ?1
         WHERE manifests.id = ?2 AND own.held IS NOT NULL AND own.missing = 0 AND subject.status IN (1, 2)`,
      repository,
      manifest,
    ),
  );
}
