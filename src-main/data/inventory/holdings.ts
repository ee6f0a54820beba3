import type { Database } from '../database/database.ts';
import { integer, text } from '../database/row.ts';

/** A repository, or a namespace with what is above it. */
interface Node {
  id: number;
  isRepository: boolean;
}

interface Totals {
  unique: number;
  exclusive: number;
  single: number;
  contents: number;
}

/**
 * What repositories, the namespaces around them and their registry hold: each content once, with its bytes. Only one repository more or
 * less changes anything, so that totals follow each change; `write` stores them at the end of a transaction.
 */
export class Holdings {
  readonly #database: Database;
  readonly #paths = new Map<number, readonly number[]>();
  readonly #changed = new Map<number, Totals>();

  constructor(database: Database) {
    this.#database = database;
  }

  /** Another manifest of the repository has the content. */
  add(repository: number, content: number): void {
    const row = this.#database.get(
      `INSERT INTO repository_contents VALUES (?, ?, 1)
       ON CONFLICT DO UPDATE SET manifests = manifests + 1 RETURNING manifests`,
      repository,
      content,
    );
    if (integer(row ?? {}, 'manifests') > 1) return;
    const size = this.#sizeOf(content);
    const path = this.#pathOf(repository);
    const [registry = 0] = path;
    this.#moveHome(content, size, registry, () => {
      this.#count(markOf({ id: repository, isRepository: true }), size, 1);
      let member = markOf({ id: repository, isRepository: true });
      let isNew = 1;
      for (const namespace of path.toReversed()) {
        const { repositories } = this.#database.get(
          `INSERT INTO namespace_contents VALUES (?1, ?2, 1, 1, ?3)
           ON CONFLICT DO UPDATE SET repositories = repositories + 1, members = members + ?4, member = member + ?3 * ?4
           RETURNING repositories`,
          namespace,
          content,
          member,
          isNew,
        ) as { repositories: number };
        member = markOf({ id: namespace, isRepository: false });
        isNew = repositories === 1 ? 1 : 0;
        if (isNew) this.#count(member, size, 1);
      }
    });
  }

  /** A manifest of the repository that has the content is gone. */
  remove(repository: number, content: number): void {
    const row = this.#database.get(
      `UPDATE repository_contents SET manifests = manifests - 1 WHERE repository_id = ? AND content_id = ? RETURNING manifests`,
      repository,
      content,
    );
    if (integer(row ?? {}, 'manifests') > 0) return;
    this.#database.run(
      'DELETE FROM repository_contents WHERE repository_id = ? AND content_id = ?',
      repository,
      content,
    );
    const size = this.#sizeOf(content);
    const path = this.#pathOf(repository);
    const [registry = 0] = path;
    this.#moveHome(content, size, registry, () => {
      this.#count(markOf({ id: repository, isRepository: true }), size, -1);
      let member = markOf({ id: repository, isRepository: true });
      let isGone = 1;
      for (const namespace of path.toReversed()) {
        const { repositories } = this.#database.get(
          `UPDATE namespace_contents SET repositories = repositories - 1, members = members - ?4, member = member - ?3 * ?4
           WHERE namespace_id = ?1 AND content_id = ?2 RETURNING repositories`,
          namespace,
          content,
          member,
          isGone,
        ) as { repositories: number };
        member = markOf({ id: namespace, isRepository: false });
        isGone = repositories === 0 ? 1 : 0;
        if (!isGone) continue;
        this.#database.run(
          'DELETE FROM namespace_contents WHERE namespace_id = ? AND content_id = ?',
          namespace,
          content,
        );
        this.#count(member, size, -1);
      }
    });
  }

  /** Before a content gets another size: it is held, if at all, by some of these repositories. */
  grow(content: number, bytes: number, repositories: readonly number[]): void {
    const registries = new Set<number>();
    const marks = new Set<number>();
    for (const repository of repositories) {
      const holds = this.#database.get(
        'SELECT 1 FROM repository_contents WHERE repository_id = ? AND content_id = ?',
        repository,
        content,
      );
      if (!holds) continue;
      const path = this.#pathOf(repository);
      registries.add(path[0] ?? 0);
      marks.add(markOf({ id: repository, isRepository: true }));
      for (const id of path) marks.add(markOf({ id, isRepository: false }));
    }
    for (const mark of marks) this.#totals(mark).unique += bytes;
    for (const registry of registries) this.#countHome(this.#homeOf(content, registry), bytes);
  }

  /** Stores the totals that changed. Part of the transaction in which they did. */
  write(): void {
    for (const [mark, { unique, exclusive, single, contents }] of this.#changed) {
      const { id, isRepository } = nodeOf(mark);
      if (isRepository) {
        this.#database.run(
          `UPDATE repositories SET unique_bytes = unique_bytes + ?, exclusive_bytes = exclusive_bytes + ?, contents = contents + ?
           WHERE id = ?`,
          unique,
          exclusive,
          contents,
          id,
        );
      } else {
        this.#database.run(
          `UPDATE namespaces SET unique_bytes = unique_bytes + ?, exclusive_bytes = exclusive_bytes + ?,
             single_bytes = single_bytes + ?, contents = contents + ? WHERE id = ?`,
          unique,
          exclusive,
          single,
          contents,
          id,
        );
      }
    }
    this.forget();
  }

  /** Of a transaction that was taken back. */
  forget(): void {
    this.#changed.clear();
    this.#paths.clear();
  }

  /** What only the repositories of a node hold is exclusive to it and to all that it is in. */
  #moveHome(content: number, size: number, registry: number, change: () => void): void {
    const before = this.#homeOf(content, registry);
    change();
    const after = this.#homeOf(content, registry);
    if (before === after) return;
    this.#countHome(before, -size);
    this.#countHome(after, size);
  }

  #countHome(mark: number | undefined, size: number): void {
    if (mark === undefined) return;
    const { id, isRepository } = nodeOf(mark);
    this.#totals(mark).exclusive += size;
    const around = isRepository ? this.#pathOf(id) : this.#above(id);
    for (const namespace of around) {
      const totals = this.#totals(markOf({ id: namespace, isRepository: false }));
      totals.exclusive += size;
      if (isRepository) totals.single += size;
    }
  }

  /** The mark of what all repositories that hold the content are in, as deep as can be; undefined where none holds it. */
  #homeOf(content: number, registry: number): number | undefined {
    let mark = markOf({ id: registry, isRepository: false });
    for (;;) {
      const { id, isRepository } = nodeOf(mark);
      if (isRepository) return mark;
      const row = this.#database.get(
        'SELECT members, member FROM namespace_contents WHERE namespace_id = ? AND content_id = ?',
        id,
        content,
      );
      if (!row) return undefined;
      if (integer(row, 'members') > 1) return mark;
      mark = integer(row, 'member');
    }
  }

  /** Namespaces that the repository is in, the registry first. */
  #pathOf(repository: number): readonly number[] {
    let path = this.#paths.get(repository);
    if (!path) {
      const innermost = this.#namespaceOf(repository);
      path = [...this.#above(innermost), innermost];
      this.#paths.set(repository, path);
    }
    return path;
  }

  /** Namespaces that a namespace is in, the registry first. */
  #above(namespace: number): number[] {
    const path: number[] = [];
    for (let id: number | undefined = namespace; ; ) {
      const row = this.#database.get('SELECT parent_id FROM namespaces WHERE id = ?', id) ?? {};
      if (row.parent_id === null) return path.reverse();
      id = integer(row, 'parent_id');
      path.push(id);
    }
  }

  #namespaceOf(repository: number): number {
    const row =
      this.#database.get(
        'SELECT account_id, name, namespace_id FROM repositories WHERE id = ?',
        repository,
      ) ?? {};
    if (row.namespace_id !== null) return integer(row, 'namespace_id');
    const id = this.#namespace(text(row, 'account_id'), parentOf(text(row, 'name')) ?? '');
    this.#database.run('UPDATE repositories SET namespace_id = ? WHERE id = ?', id, repository);
    return id;
  }

  #namespace(registry: string, name: string): number {
    const known = this.#database.get(
      'SELECT id FROM namespaces WHERE account_id = ? AND name = ?',
      registry,
      name,
    );
    if (known) return integer(known, 'id');
    const parent = parentOf(name);
    const row = this.#database.get(
      'INSERT INTO namespaces (account_id, name, parent_id) VALUES (?, ?, ?) RETURNING id',
      registry,
      name,
      parent === undefined ? null : this.#namespace(registry, parent),
    );
    return integer(row ?? {}, 'id');
  }

  #count(mark: number, size: number, contents: 1 | -1): void {
    const totals = this.#totals(mark);
    totals.unique += contents * size;
    totals.contents += contents;
  }

  #totals(mark: number): Totals {
    let totals = this.#changed.get(mark);
    if (!totals) {
      totals = { unique: 0, exclusive: 0, single: 0, contents: 0 };
      this.#changed.set(mark, totals);
    }
    return totals;
  }

  #sizeOf(content: number): number {
    return integer(this.#database.get('SELECT size FROM contents WHERE id = ?', content) ?? {}, 'size');
  }
}

/** One number for a repository or a namespace. */
function markOf({ id, isRepository }: Node): number {
  return id * 2 + (isRepository ? 0 : 1);
}

function nodeOf(mark: number): Node {
  return { id: Math.floor(mark / 2), isRepository: mark % 2 === 0 };
}

/** The namespace around a name; that around all, the registry, has an empty one, and nothing around it. */
function parentOf(name: string): string | undefined {
  if (name === '') return undefined;
  return name.slice(0, Math.max(0, name.lastIndexOf('/')));
}
