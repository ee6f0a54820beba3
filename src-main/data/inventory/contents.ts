import type { ManifestFacts } from '../../common/facts.ts';
import type { Database } from '../database/database.ts';
import { integer, text } from '../database/row.ts';
import { countTags } from './holders.ts';
import { ROLES } from './manifests.ts';
import type { Scope } from './totals.ts';

/** Tags counted for one page: then no more than some of each content. */
const TAGS_COUNTED = 2_000;
const TAGS_COUNTED_EACH = 100;

export interface HeldContent {
  digest: string;
  size: number;
  /** What it is to a manifest that holds it; of a manifest, its kind. */
  kind: (typeof ROLES)[number] | ManifestFacts['kind'];
  mediaType: string;
  /** Repositories of the registry that hold it. */
  repositories: number;
  /** Tags of the registry that lead to it. */
  tags: number;
  /** There are more of these tags: so many were counted. */
  moreTags: boolean;
}

export interface ContentsAsked {
  scope: Scope;
  offset: number;
  limit: number;
}

/** The largest contents of a registry, a namespace or a repository. */
export function largest(database: Database, asked: ContentsAsked): { items: HeldContent[]; total: number } {
  return page(database, asked, ALL);
}

/** The largest contents that more than one of the repositories holds; of one repository, those that another holds as well. */
export function duplicates(
  database: Database,
  asked: ContentsAsked,
): { items: HeldContent[]; total: number } {
  return page(database, asked, asked.scope.repository === undefined ? SHARED_WITHIN : SHARED_BEYOND);
}

/** Which of what is held is asked for. SQLite itself would not take the index of what is shared, which is a small part. */
interface Choice {
  index: string;
  condition: string;
}
const ALL: Choice = { index: '', condition: '' };
const SHARED_WITHIN: Choice = {
  index: 'INDEXED BY namespace_contents_shared',
  condition: 'AND repositories > 1',
};
const SHARED_BEYOND: Choice = {
  index: '',
  condition: `AND held.content_id IN (SELECT content_id FROM namespace_contents INDEXED BY namespace_contents_shared
    WHERE namespace_id = ?2 AND repositories > 1)`,
};

function page(
  database: Database,
  { scope, offset, limit }: ContentsAsked,
  { index, condition }: Choice,
): { items: HeldContent[]; total: number } {
  const node = nodeOf(database, scope);
  if (!node) return { items: [], total: 0 };
  const held = `${node.table} AS held ${index}`;
  const where = `held.${node.column} = ?1 ${condition}`;
  const isBeyond = condition.includes('?2');
  const count = () =>
    integer(
      database.get(
        `SELECT count(*) AS count FROM ${held} WHERE ${where}`,
        ...(isBeyond ? [node.id, node.registry] : [node.id]),
      ) ?? {},
      'count',
    );
  // What is shared beyond a repository is looked for once: counted with its rows.
  const counted = isBeyond ? undefined : condition === '' ? node.contents : count();
  const all = integer(database.get('SELECT coalesce(max(id), 0) AS count FROM contents') ?? {}, 'count');
  // The cheaper of two ways: sort all that is held, or go through contents by size until enough of them are found.
  const isDense = counted !== undefined && ((offset + limit) * all) / Math.max(1, counted) < counted;
  const from = isDense
    ? `contents CROSS JOIN ${held} ON held.content_id = contents.id`
    : `${held} CROSS JOIN contents ON contents.id = held.content_id`;
  const rows = database.all(
    `SELECT contents.id, size, ${isBeyond ? 'count(*) OVER ()' : '0'} AS total FROM ${from} WHERE ${where} ORDER BY size DESC, contents.id DESC LIMIT ?3 OFFSET ?4`,
    node.id,
    node.registry,
    limit,
    offset,
  );
  const found = rows.map((row) => ({ id: integer(row, 'id'), size: integer(row, 'size') }));
  const [first] = rows;
  return {
    items: described(database, scope.registry, found),
    total: counted ?? (first ? integer(first, 'total') : count()),
  };
}

/** What these are, and how many of the registry hold each. */
export function described(
  database: Database,
  registry: string,
  contents: readonly { id: number; size: number }[],
): HeldContent[] {
  const root = database.get("SELECT id FROM namespaces WHERE account_id = ? AND name = ''", registry);
  let left = TAGS_COUNTED;
  return contents.map(({ id, size }) => {
    const most = Math.max(TAGS_COUNTED_EACH, left);
    const tags = countTags(database, registry, id, most + 1);
    left -= tags;
    return {
      digest: text(database.get('SELECT digest FROM contents WHERE id = ?', id) ?? {}, 'digest'),
      size,
      ...whatIs(database, id),
      repositories: repositoriesOf(database, integer(root ?? {}, 'id'), id),
      tags: Math.min(tags, most),
      moreTags: tags > most,
    };
  });
}

function whatIs(database: Database, content: number): Pick<HeldContent, 'kind' | 'mediaType'> {
  const manifest = database.get('SELECT kind, media_type FROM manifests WHERE id = ?', content);
  if (manifest)
    return { kind: text(manifest, 'kind') as HeldContent['kind'], mediaType: text(manifest, 'media_type') };
  const blob = database.get(
    `SELECT role, name FROM manifest_blobs JOIN media_types ON media_types.id = media_type WHERE blob_id = ? LIMIT 1`,
    content,
  );
  if (!blob) return { kind: 'other', mediaType: '' };
  return { kind: ROLES[integer(blob, 'role')] ?? 'other', mediaType: text(blob, 'name') };
}

function repositoriesOf(database: Database, registry: number, content: number): number {
  const row = database.get(
    'SELECT repositories FROM namespace_contents WHERE namespace_id = ? AND content_id = ?',
    registry,
    content,
  );
  return row ? integer(row, 'repositories') : 0;
}

/** What holds the contents of a scope and how many, and the number of its registry. */
function nodeOf(
  database: Database,
  { registry, namespace = '', repository }: Scope,
): { table: string; column: string; id: number; contents: number; registry: number } | undefined {
  const named = (table: 'namespaces' | 'repositories', name: string) =>
    database.get(`SELECT id, contents FROM ${table} WHERE account_id = ? AND name = ?`, registry, name);
  const whole = named('namespaces', '');
  const node = repository === undefined ? named('namespaces', namespace) : named('repositories', repository);
  if (!whole || !node) return undefined;
  const numbers = {
    id: integer(node, 'id'),
    contents: integer(node, 'contents'),
    registry: integer(whole, 'id'),
  };
  return repository === undefined
    ? { table: 'namespace_contents', column: 'namespace_id', ...numbers }
    : { table: 'repository_contents', column: 'repository_id', ...numbers };
}
