import type { RepositoryStorage } from '../../src-main/common/storage.ts';
import { ROWS_A_STEP, type Sliced } from '../ui/slices.ts';
import type { Sort } from '../ui/sort.ts';
import { compareInTree, type Sums } from './order.ts';
import { type SizedRow, sizeOf } from './sized-rows.ts';

/** A namespace in the list, with what its repositories sum up to. */
export interface GroupRow extends Sums {
  /** Cannot be the name of a repository. */
  readonly id: string;
  /** `team/`; with what it is in where that holds nothing else: `team/web/`. */
  readonly label: string;
  readonly level: number;
  readonly repositories: number;
  /** Bytes to show: what several of its repositories hold counts once. */
  readonly bytes: number | undefined;
  /** Not of all its repositories tags and sizes are known. */
  readonly isPart: boolean;
  /** What in it came last, and when. */
  readonly last: RepositoryStorage | undefined;
}

export type ListedRow = SizedRow | GroupRow;

export const isGroup = (row: ListedRow): row is GroupRow => 'label' in row;

export const groupId = (namespace: string) => `\u0000${namespace}/`;

/** The namespace that a repository is in; of one that is in none it is empty. */
export const namespaceOf = (name: string) => name.slice(0, Math.max(0, name.lastIndexOf('/')));

export interface TreeOptions {
  /** What each namespace holds, where all of it is shown. */
  sizes: ReadonlyMap<string, number> | undefined;
  sort: Sort;
  /** Namespaces whose repositories are not shown. */
  closed: ReadonlySet<string>;
}

export interface RepositoryTree {
  readonly rows: readonly ListedRow[];
  readonly level: (row: ListedRow) => number;
}

class Node {
  readonly namespace: string;
  readonly nodes: Node[] = [];
  readonly rows: SizedRow[] = [];
  sums: Omit<GroupRow, 'id' | 'label' | 'level'>;

  constructor(namespace: string) {
    this.namespace = namespace;
    this.sums = { ...NOTHING, namespace };
  }
}

const NOTHING = {
  tags: undefined,
  images: undefined,
  size: undefined,
  bytes: undefined,
  newest: undefined,
  last: undefined,
  repositories: 0,
  isPart: false,
} as const;

/** Arranges repositories by namespace; a namespace of which nothing has changed is the same row again. */
export class Trees {
  #groups = new Map<string, GroupRow>();

  /** @param rows in the order of `sort` */
  *arrange(rows: readonly SizedRow[], { sizes, sort, closed }: TreeOptions): Sliced<RepositoryTree> {
    const root = yield* nest(rows);
    yield* sumUp(root, sizes);
    const groups = new Map<string, GroupRow>();
    const shown: ListedRow[] = [];
    const add = (node: Node, level: number): void => {
      for (const entry of entriesOf(node, sort)) {
        if (!(entry instanceof Node)) {
          shown.push(entry);
          continue;
        }
        const inner = innermost(entry);
        const label = `${inner.namespace.slice(node.namespace === '' ? 0 : node.namespace.length + 1)}/`;
        const group = this.#same({ ...inner.sums, id: groupId(inner.namespace), label, level });
        groups.set(inner.namespace, group);
        shown.push(group);
        if (!closed.has(inner.namespace)) add(inner, level + 1);
      }
    };
    add(root, 1);
    this.#groups = groups;
    return {
      rows: shown,
      level: (row) => (isGroup(row) ? row.level : (groups.get(namespaceOf(row.name))?.level ?? 0) + 1),
    };
  }

  #same(group: GroupRow): GroupRow {
    const before = this.#groups.get(group.namespace);
    const keys = Object.keys(group) as (keyof GroupRow)[];
    return before && keys.every((key) => before[key] === group[key]) ? before : group;
  }
}

function* nest(rows: readonly SizedRow[]): Sliced<Node> {
  const root = new Node('');
  const nodes = new Map([['', root]]);
  const nodeOf = (namespace: string): Node => {
    const known = nodes.get(namespace);
    if (known) return known;
    const node = new Node(namespace);
    nodes.set(namespace, node);
    nodeOf(namespaceOf(namespace)).nodes.push(node);
    return node;
  };
  for (const [index, row] of rows.entries()) {
    nodeOf(namespaceOf(row.name)).rows.push(row);
    if (index % ROWS_A_STEP === 0) yield;
  }
  return root;
}

function* sumUp(node: Node, sizes: ReadonlyMap<string, number> | undefined): Sliced<void> {
  let [repositories, isPart] = [node.rows.length, false];
  let tags: number | undefined;
  let images: number | undefined;
  let size: number | undefined;
  let newest: number | undefined;
  let last: RepositoryStorage | undefined;
  const take = (more: Omit<Sums, 'namespace'>, storage: RepositoryStorage | undefined) => {
    if (more.tags !== undefined) tags = (tags ?? 0) + more.tags;
    if (more.images !== undefined) images = (images ?? 0) + more.images;
    if (more.size !== undefined) size = (size ?? 0) + more.size;
    if (more.newest !== undefined && (newest === undefined || more.newest > newest))
      [newest, last] = [more.newest, storage];
  };
  for (const row of node.rows) {
    const own = sizeOf(row);
    take(
      { tags: row.storage?.tags, images: row.storage?.images, size: own, newest: row.newest },
      row.storage,
    );
    if (own === undefined || !row.storage?.complete) isPart = true;
  }
  for (const inner of node.nodes) {
    yield* sumUp(inner, sizes);
    repositories += inner.sums.repositories;
    isPart ||= inner.sums.isPart;
    take(inner.sums, inner.sums.last);
  }
  const bytes = size === undefined ? undefined : sizes?.get(node.namespace);
  node.sums = {
    namespace: node.namespace,
    repositories,
    isPart,
    tags,
    images,
    size: bytes ?? size,
    bytes,
    newest,
    last,
  };
  yield;
}

function entriesOf({ nodes, rows }: Node, sort: Sort): readonly (Node | SizedRow)[] {
  if (nodes.length === 0) return rows;
  const own = (entry: Node | SizedRow) => (entry instanceof Node ? entry.sums : entry);
  return [...nodes, ...rows].sort((a, b) => compareInTree(own(a), own(b), sort));
}

/** A namespace that holds one other and nothing else is shown as that one. */
function innermost(node: Node): Node {
  const [only] = node.nodes;
  return only && node.nodes.length === 1 && node.rows.length === 0 ? innermost(only) : node;
}
