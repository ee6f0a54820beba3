import type { Database } from '../database/database.ts';
import { integer, text } from '../database/row.ts';
import { type Loss, lossOf, statusOf } from './loss.ts';
import { known } from './totals.ts';

/** Attached tags that are named in an answer. */
const ATTACHED_NAMED = 100;
/** Characters of a digest's hex that are part of an attached tag. */
const TAGGED_HEX = 64;

export interface FreedAsked {
  registry: string;
  tags: readonly { repository: string; tag: string }[];
  /** With all their tags. */
  repositories?: readonly string[];
  /** Manifests that are deleted by their digests, whether tags are on them or not. */
  manifests?: readonly { repository: string; digest: string }[];
}

/** What becomes free in a whole registry if tags go. */
export interface Freed {
  /** All that nothing else holds: once the registry has collected it. */
  bytes: number;
  manifests: number;
  blobs: number;
  /**
   * Part of `bytes`: what only manifests without a tag of their own hold, children of indexes that go, and referrers. Registries that
   * collect untagged manifests only on request keep it until then.
   */
  untaggedBytes: number;
  /** Manifests attached to what goes that go along. */
  referrers: number;
  /** Bytes of what goes that something else still holds: other tags of the repository, or other repositories. */
  stillHeld: { bytes: number; elsewhere: number };
  /** Tags, named after digests that go, as cosign and lists of referrers are: they stay unless they are deleted too. */
  attachedTags: { count: number; some: { repository: string; tag: string }[] };
  /** It may be less: something that was not read may hold part of it. */
  atMost: boolean;
  /** It may be more: so many of the manifests that go were not read, or are not known. */
  unread: number;
}

/** Tags of a manifest that goes with all it has. */
const ALL_TAGS = Number.MAX_SAFE_INTEGER - 1;

/** What each content that goes somewhere is, and where. */
interface Content {
  size: number;
  /** Repositories that hold it no more. */
  lostBy: number;
  isManifest: boolean;
  /** A manifest that loses its last tag holds it. */
  isRoot: boolean;
}

/** What goes with tags and manifests, repository by repository. */
interface Going {
  /** The tags, each once. */
  named: ReadonlyMap<string, { repository: string; tag: string }>;
  losses: readonly Loss[];
  /** By number: what the manifests that go hold. */
  contents: ReadonlyMap<number, Content>;
  /** Tags and manifests of which nothing is known. */
  unknown: number;
}

export function freed(database: Database, asked: FreedAsked): Freed {
  const { registry } = asked;
  const { named, losses, contents, unknown } = goingOf(database, asked);
  const answer = summed(database, registry, contents);
  const unneeded = unneededBytes(database, registry, losses, contents);
  const unread = losses.reduce((sum, loss) => sum + loss.unread, unknown);
  const attached = attachedTo(database, losses, named);
  return {
    ...answer,
    bytes: answer.bytes + unneeded,
    referrers: losses.reduce((sum, { referrers }) => sum + referrers, 0),
    attachedTags: { count: attached.length, some: attached.slice(0, ATTACHED_NAMED) },
    atMost: unneeded > 0 || (answer.bytes > 0 && isPartlyUnknown(database, registry, unread)),
    unread,
  };
}

/** Which contents the registry does not hold any more then. */
export function goneOf(database: Database, asked: FreedAsked): (content: number) => boolean {
  const { contents } = goingOf(database, asked);
  const holding = holdingOf(database, asked.registry);
  return (id) => {
    const content = contents.get(id);
    return content !== undefined && content.lostBy >= holding(id);
  };
}

function goingOf(
  database: Database,
  { registry, tags, repositories = [], manifests = [] }: FreedAsked,
): Going {
  const going = new Map<string, Map<number, number>>();
  const all = [...tags, ...repositories.flatMap((name) => tagsOf(database, registry, name))];
  const named = new Map(all.map((one) => [`${one.repository}:${one.tag}`, one]));
  let unknown = 0;
  for (const { repository, tag } of named.values()) {
    const row = database.get(
      `SELECT manifest_id FROM tags JOIN repositories ON repositories.id = repository_id
       WHERE account_id = ? AND repositories.name = ? AND tags.name = ?`,
      registry,
      repository,
      tag,
    );
    if (!row || row.manifest_id === null) {
      unknown++;
      continue;
    }
    const manifest = integer(row, 'manifest_id');
    const here = going.get(repository) ?? new Map<number, number>();
    going.set(repository, here.set(manifest, (here.get(manifest) ?? 0) + 1));
  }
  for (const { repository, digest } of manifests) {
    const row = database.get('SELECT id FROM contents WHERE digest = ?', digest);
    if (!row) unknown++;
    else
      going.set(
        repository,
        (going.get(repository) ?? new Map<number, number>()).set(integer(row, 'id'), ALL_TAGS),
      );
  }
  const losses = [...going].map(([repository, gone]) => lossOf(database, registry, repository, gone));
  const contents = new Map<number, Content>();
  for (const loss of losses) addContents(database, loss, contents);
  return { named, losses, contents, unknown };
}

/** In how many repositories of a registry a content is. */
function holdingOf(database: Database, registry: string): (content: number) => number {
  const whole = database.get("SELECT id FROM namespaces WHERE account_id = ? AND name = ''", registry);
  return (content) => {
    const row = database.get(
      'SELECT repositories FROM namespace_contents WHERE namespace_id = ? AND content_id = ?',
      integer(whole ?? {}, 'id'),
      content,
    );
    return integer(row ?? {}, 'repositories');
  };
}

/** All that a repository is known to have. */
export function tagsOf(
  database: Database,
  registry: string,
  repository: string,
): { repository: string; tag: string }[] {
  const rows = database.all(
    `SELECT tags.name AS tag FROM tags JOIN repositories ON repositories.id = repository_id
     WHERE account_id = ? AND repositories.name = ?`,
    registry,
    repository,
  );
  return rows.map((row) => ({ repository, tag: text(row, 'tag') }));
}

/** Whether anything that stays was not read, or not seen. */
function isPartlyUnknown(database: Database, registry: string, goingUnread: number): boolean {
  const { scanned, unread } = known(database, { registry });
  return scanned.done < scanned.total || unread > goingUnread;
}

/** What a manifest is and holds: itself and its blobs. */
export function heldBy(database: Database, manifest: number): { id: number; size: number }[] {
  const rows = database.all(
    `SELECT id, size FROM contents WHERE id = ?1
     UNION SELECT id, size FROM manifest_blobs CROSS JOIN contents ON id = blob_id WHERE manifest_id = ?1`,
    manifest,
  );
  return rows.map((row) => ({ id: integer(row, 'id'), size: integer(row, 'size') }));
}

function addContents(
  database: Database,
  { repository, roots, gone }: Loss,
  contents: Map<number, Content>,
): void {
  const lost = new Map<number, number>();
  for (const manifest of gone) {
    if (statusOf(database, repository, manifest) !== 2) continue;
    for (const { id, size } of heldBy(database, manifest)) {
      lost.set(id, (lost.get(id) ?? 0) + 1);
      let content = contents.get(id);
      if (!content) {
        content = { size, lostBy: 0, isManifest: false, isRoot: false };
        contents.set(id, content);
      }
      content.isManifest ||= id === manifest;
      content.isRoot ||= roots.has(manifest);
    }
  }
  for (const [id, manifests] of lost) {
    const row = database.get(
      'SELECT manifests FROM repository_contents WHERE repository_id = ? AND content_id = ?',
      repository,
      id,
    );
    const content = contents.get(id);
    if (content && integer(row ?? {}, 'manifests') === manifests) content.lostBy++;
  }
}

function summed(
  database: Database,
  registry: string,
  contents: ReadonlyMap<number, Content>,
): Pick<Freed, 'bytes' | 'manifests' | 'blobs' | 'untaggedBytes' | 'stillHeld'> {
  const sums = { bytes: 0, manifests: 0, blobs: 0, untaggedBytes: 0, stillHeld: { bytes: 0, elsewhere: 0 } };
  const holding = holdingOf(database, registry);
  for (const [id, { size, lostBy, isManifest, isRoot }] of contents) {
    const repositories = holding(id);
    if (lostBy < repositories) {
      sums.stillHeld.bytes += size;
      if (repositories > 1) sums.stillHeld.elsewhere += size;
      continue;
    }
    sums.bytes += size;
    if (isManifest) sums.manifests++;
    else sums.blobs++;
    if (!isRoot) sums.untaggedBytes += size;
  }
  return sums;
}

/** Bytes of manifests that nothing needed, and that nothing else is known to hold: what else is not needed may hold them, too. */
function unneededBytes(
  database: Database,
  registry: string,
  losses: readonly Loss[],
  counted: ReadonlyMap<number, Content>,
): number {
  const found = new Map<number, number>();
  for (const { repository, gone } of losses)
    for (const manifest of gone) {
      if (statusOf(database, repository, manifest) !== 0) continue;
      for (const { id, size } of heldBy(database, manifest)) found.set(id, size);
    }
  let bytes = 0;
  for (const [id, size] of found) {
    const held = database.get(
      `SELECT 1 FROM namespaces CROSS JOIN namespace_contents ON namespace_id = namespaces.id
       WHERE account_id = ? AND name = '' AND content_id = ?`,
      registry,
      id,
    );
    if (!held && !counted.has(id)) bytes += size;
  }
  return bytes;
}

/** Tags of what cosign attached to what goes, or that list its referrers, and do not go. @see engine/model/attached-tags.ts */
function attachedTo(
  database: Database,
  losses: readonly Loss[],
  going: ReadonlyMap<string, unknown>,
): { repository: string; tag: string }[] {
  const found: { repository: string; tag: string }[] = [];
  for (const { repository, name, gone } of losses)
    for (const manifest of gone) {
      const digest = text(database.get('SELECT digest FROM contents WHERE id = ?', manifest) ?? {}, 'digest');
      const [algorithm = '', hex = ''] = digest.split(':');
      const begin = `${algorithm}-${hex.slice(0, TAGGED_HEX)}`;
      const rows = database.all(
        `SELECT name FROM tags WHERE repository_id = ?1 AND name = ?2
         UNION ALL SELECT name FROM tags WHERE repository_id = ?1 AND name > ?2 || '.' AND name < ?2 || '/'`,
        repository,
        begin,
      );
      for (const row of rows) {
        const tag = text(row, 'name');
        if (!going.has(`${name}:${tag}`)) found.push({ repository: name, tag });
      }
    }
  return found;
}
