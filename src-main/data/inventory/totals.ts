import { type ManifestKind, manifestKind } from '../../common/image.ts';
import type { Database } from '../database/database.ts';
import { integer, optionalText, type Row, text } from '../database/row.ts';

/** What of a registry is asked about: all of it, a namespace, or one repository. */
export interface Scope {
  /** An account's id, or the origin of a registry without one. */
  registry: string;
  /** Repositories whose names begin with it and a slash. */
  namespace?: string;
  repository?: string;
}

/** How far what is counted is all there is. */
export interface Known {
  /** Every repository was scanned whole, and every manifest was read. */
  complete: boolean;
  /** Repositories. */
  scanned: { done: number; total: number };
  /** Unix milliseconds of the oldest of these scans. */
  asOf?: number;
  /** Manifests that were not read, and tags whose digest is not known: what they hold is not counted. */
  unread: number;
}

interface Counted {
  tags: number;
  manifests: number;
  /** Each tag's own bytes, summed up. */
  referencedBytes: number;
  /** Tags of which not all was read: their bytes are what the product says of them, or 0. */
  estimated: number;
  /** Each digest once. */
  uniqueBytes: number;
  /** What no repository outside holds. */
  exclusiveBytes: number;
}

export interface Totals extends Counted {
  repositories: number;
  /** What more than one repository of the registry holds. */
  sharedBytes: number;
  known: Known;
}

export interface RepositoryTotals extends Counted {
  repository: string;
  /** Manifests that its tags are on; absent where the digest of a tag is not known. */
  images?: number;
  /** What those of them are that were read. */
  kinds: ManifestKind[];
  /** Manifests and tags that are not counted. */
  unread: number;
  /** RFC 3339, of the newest image. */
  newest?: string;
  /** RFC 3339, of the last push, where the product says so. */
  pushed?: string;
  /** One of the tags on the image pushed last; where that is not known, on the newest. */
  newestTag?: string;
  /** Unix milliseconds when it was listed last. */
  seen: number;
  scanned?: number;
}

/** Repositories of a scope that are asked for. */
export interface RepositoriesPage {
  scope: Scope;
  sort: RepositoryOrder;
  offset: number;
  limit: number;
}

/** The next repositories by name of which a tag was seen, or that are known to have none. */
export interface KnownRepositoriesAsked {
  registry: string;
  /** The last name of the page before. */
  after?: string;
  limit: number;
}

/** A member of a namespace. */
export interface NamespaceTotals {
  /** The whole name. */
  name: string;
  isRepository: boolean;
  repositories: number;
  uniqueBytes: number;
  exclusiveBytes: number;
}

export interface NamespaceSize {
  namespace: string;
  /** Of its repositories, each digest once. */
  uniqueBytes: number;
}

const ORDERS = {
  name: 'name',
  tags: 'tags DESC, name',
  referencedBytes: 'referenced_bytes DESC, name',
  uniqueBytes: 'unique_bytes DESC, name',
  exclusiveBytes: 'exclusive_bytes DESC, name',
} as const;
type RepositoryOrder = keyof typeof ORDERS;

/** What a scope is kept by: the name of a repository or, with a slash at its end, of a namespace; a registry's is empty. */
export function nameOf({ namespace = '', repository }: Scope): string {
  return repository ?? (namespace === '' ? '' : `${namespace}/`);
}

/** Condition of rows of `repositories`, and its values. */
export function within({ registry, namespace, repository }: Scope): { where: string; values: string[] } {
  if (repository !== undefined)
    return { where: 'repositories.account_id = ? AND repositories.name = ?', values: [registry, repository] };
  if (namespace === undefined || namespace === '')
    return { where: 'repositories.account_id = ?', values: [registry] };
  // What follows a slash is the next character.
  return {
    where: 'repositories.account_id = ? AND repositories.name > ? AND repositories.name < ?',
    values: [registry, `${namespace}/`, `${namespace}0`],
  };
}

export function summary(database: Database, scope: Scope): Totals {
  const { where, values } = within(scope);
  const row =
    database.get(
      `SELECT count(*) AS repositories, total(tags) AS tags, total(manifests) AS manifests,
         total(referenced_bytes) AS referenced, total(estimated) AS estimated, total(unique_bytes) AS unique_bytes,
         total(exclusive_bytes) AS exclusive_bytes, total(unread) + total(undigested) AS unread, count(scanned) AS scanned, min(scanned) AS as_of
       FROM repositories WHERE ${where}`,
      ...values,
    ) ?? {};
  const shown = {
    repositories: integer(row, 'repositories'),
    tags: integer(row, 'tags'),
    referencedBytes: integer(row, 'referenced'),
    estimated: integer(row, 'estimated'),
    known: knownOf(database, row),
  };
  if (scope.repository !== undefined) {
    const [unique, exclusive] = [integer(row, 'unique_bytes'), integer(row, 'exclusive_bytes')];
    return {
      ...shown,
      manifests: integer(row, 'manifests'),
      uniqueBytes: unique,
      exclusiveBytes: exclusive,
      sharedBytes: unique - exclusive,
    };
  }
  const manifests = database.get(
    `SELECT count(*) AS count FROM (SELECT manifest_id FROM repository_manifests INDEXED BY repository_manifests_manifest
       WHERE status IN (1, 2) AND repository_id IN (SELECT id FROM repositories WHERE ${where}) GROUP BY manifest_id)`,
    ...values,
  );
  const namespace = database.get(
    'SELECT unique_bytes, exclusive_bytes, single_bytes FROM namespaces WHERE account_id = ? AND name = ?',
    scope.registry,
    scope.namespace ?? '',
  );
  const unique = namespace ? integer(namespace, 'unique_bytes') : 0;
  return {
    ...shown,
    manifests: integer(manifests ?? {}, 'count'),
    uniqueBytes: unique,
    exclusiveBytes: namespace ? integer(namespace, 'exclusive_bytes') : 0,
    sharedBytes: namespace ? unique - integer(namespace, 'single_bytes') : 0,
  };
}

export function known(database: Database, scope: Scope): Known {
  const { where, values } = within(scope);
  const row = database.get(
    `SELECT count(*) AS repositories, count(scanned) AS scanned, min(scanned) AS as_of,
       total(unread) + total(undigested) AS unread FROM repositories WHERE ${where}`,
    ...values,
  );
  return knownOf(database, row ?? {});
}

/** The statement that reads columns of a page of repositories. */
export function rowsOf(
  columns: string,
  asked: RepositoriesPage | KnownRepositoriesAsked,
): { rows: string; values: (string | number)[] } {
  if ('scope' in asked) {
    const { where, values } = within(asked.scope);
    return {
      rows: `SELECT ${columns} FROM repositories WHERE ${where} ORDER BY ${ORDERS[asked.sort]} LIMIT ? OFFSET ?`,
      values: [...values, asked.limit, asked.offset],
    };
  }
  return {
    rows: `SELECT ${columns} FROM repositories WHERE account_id = ? AND name > ?
       AND (tags > 0 OR (scanned IS NOT NULL AND unread + undigested = 0)) ORDER BY name LIMIT ?`,
    values: [asked.registry, asked.after ?? '', asked.limit],
  };
}

export function repositories(
  database: Database,
  asked: RepositoriesPage,
): { items: RepositoryTotals[]; total: number } {
  const { where, values } = within(asked.scope);
  const total = database.get(`SELECT count(*) AS total FROM repositories WHERE ${where}`, ...values);
  return { items: totalsOf(database, asked), total: integer(total ?? {}, 'total') };
}

/** A page costs what its rows cost, however many were read before and how many follow. */
export function knownRepositoryTotals(database: Database, asked: KnownRepositoriesAsked): RepositoryTotals[] {
  return totalsOf(database, asked);
}

function totalsOf(database: Database, asked: RepositoriesPage | KnownRepositoriesAsked): RepositoryTotals[] {
  const page = rowsOf(
    `name, tags, undigested, manifests, referenced_bytes, estimated, unique_bytes, exclusive_bytes, unread + undigested AS unread,
     images, kinds, newest_image, last_push, newest_tag, seen, scanned`,
    asked,
  );
  return database.all(page.rows, ...page.values).map((row): RepositoryTotals => {
    const newest = optionalText(row, 'newest_image');
    const pushed = optionalText(row, 'last_push');
    const newestTag = optionalText(row, 'newest_tag');
    return {
      repository: text(row, 'name'),
      tags: integer(row, 'tags'),
      manifests: integer(row, 'manifests'),
      referencedBytes: integer(row, 'referenced_bytes'),
      estimated: integer(row, 'estimated'),
      uniqueBytes: integer(row, 'unique_bytes'),
      exclusiveBytes: integer(row, 'exclusive_bytes'),
      unread: integer(row, 'unread'),
      ...(integer(row, 'undigested') > 0 ? {} : { images: integer(row, 'images') }),
      kinds: text(row, 'kinds').split(',').filter(isKind),
      ...(newest === undefined ? {} : { newest }),
      ...(pushed === undefined ? {} : { pushed }),
      ...(newestTag === undefined ? {} : { newestTag }),
      seen: integer(row, 'seen'),
      ...(row.scanned === null ? {} : { scanned: integer(row, 'scanned') }),
    };
  });
}

function isKind(name: string): name is ManifestKind {
  return (manifestKind.options as readonly string[]).includes(name);
}

/** What the repositories of each namespace hold, wherever it lies in others: by name. */
export function namespaceSizes(
  database: Database,
  { registry, offset, limit }: { registry: string; offset: number; limit: number },
): { items: NamespaceSize[]; total: number } {
  const known = "FROM namespaces WHERE account_id = ? AND name <> '' AND contents > 0";
  const total = database.get(`SELECT count(*) AS total ${known}`, registry);
  const rows = database.all(
    `SELECT name, unique_bytes ${known} ORDER BY name LIMIT ? OFFSET ?`,
    registry,
    limit,
    offset,
  );
  const items = rows.map((row) => ({
    namespace: text(row, 'name'),
    uniqueBytes: integer(row, 'unique_bytes'),
  }));
  return { items, total: integer(total ?? {}, 'total') };
}

/** The members of a namespace, the largest first. */
export function namespaces(
  database: Database,
  { registry, namespace = '' }: Omit<Scope, 'repository'>,
): NamespaceTotals[] {
  const parent = database.get(
    'SELECT id FROM namespaces WHERE account_id = ? AND name = ?',
    registry,
    namespace,
  );
  if (!parent) return [];
  const id = integer(parent, 'id');
  const members = database
    .all(
      `SELECT name, 1 AS is_repository, unique_bytes, exclusive_bytes FROM repositories WHERE namespace_id = ?1
       UNION ALL SELECT name, 0, unique_bytes, exclusive_bytes FROM namespaces WHERE parent_id = ?1
       ORDER BY unique_bytes DESC, name`,
      id,
    )
    .map((row) => ({
      name: text(row, 'name'),
      isRepository: integer(row, 'is_repository') === 1,
      repositories: 1,
      uniqueBytes: integer(row, 'unique_bytes'),
      exclusiveBytes: integer(row, 'exclusive_bytes'),
    }));
  for (const member of members) {
    if (member.isRepository) continue;
    const { where, values } = within({ registry, namespace: member.name });
    const row = database.get(`SELECT count(*) AS count FROM repositories WHERE ${where}`, ...values);
    member.repositories = integer(row ?? {}, 'count');
  }
  return members.filter((member) => member.repositories > 0);
}

function knownOf(database: Database, row: Row): Known {
  const scanned = { done: integer(row, 'scanned'), total: integer(row, 'repositories') };
  const unread = integer(row, 'unread');
  return {
    complete: unread === 0 && scanned.done === scanned.total && scanned.total > 0 && !isUnsettled(database),
    scanned,
    ...(row.as_of === null ? {} : { asOf: integer(row, 'as_of') }),
    unread,
  };
}

/** Whether anything that changed is not counted yet. */
export function isUnsettled(database: Database): boolean {
  const row = database.get(
    'SELECT EXISTS (SELECT 1 FROM pending) OR EXISTS (SELECT 1 FROM pending_sums) AS unsettled',
  );
  return row?.unsettled === 1;
}
