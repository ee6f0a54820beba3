import type { Database } from '../database/database.ts';
import { integer } from '../database/row.ts';
import { described, type HeldContent } from './contents.ts';
import { type Freed, type FreedAsked, freed, goneOf, heldBy, tagsOf } from './freed.ts';
import { belowOf, statusOf } from './loss.ts';
import { type Known, known } from './totals.ts';

export type ChosenAsked = Omit<FreedAsked, 'manifests'>;

export interface StayingAsked extends ChosenAsked {
  offset: number;
  limit: number;
}

/** What tags of a registry hold with all that is there because of them, as a repository of only these tags would. */
export interface Chosen {
  tags: number;
  manifests: number;
  referencedBytes: number;
  /** Tags of which not all was read: their bytes are what the product says of them, or 0. */
  estimated: number;
  /** Each digest once. */
  uniqueBytes: number;
  /** What no other tag of the registry needs. */
  exclusiveBytes: number;
  /** What another one needs as well. */
  sharedBytes: number;
  freed: Freed;
  /** Of the whole registry: what is not known of it may need some of it, too. */
  known: Known;
}

export function chosen(database: Database, asked: ChosenAsked): Chosen {
  const { named, manifests, contents, referencedBytes, estimated } = heldByChosen(database, asked);
  const uniqueBytes = [...contents.values()].reduce((sum, size) => sum + size, 0);
  const going = freed(database, asked);
  return {
    tags: named,
    manifests,
    referencedBytes,
    estimated,
    uniqueBytes,
    // What goes with tags was needed, so that nothing else is among it.
    exclusiveBytes: going.bytes,
    sharedBytes: uniqueBytes - going.bytes,
    freed: going,
    known: known(database, { registry: asked.registry }),
  };
}

/** What these tags hold and another one of the registry as well, the largest first. */
export function staying(
  database: Database,
  { offset, limit, ...asked }: StayingAsked,
): { items: HeldContent[]; total: number } {
  const { contents } = heldByChosen(database, asked);
  const isGone = goneOf(database, asked);
  const stay = [...contents].flatMap(([id, size]) => (isGone(id) ? [] : [{ id, size }]));
  const largest = stay.sort((one, other) => other.size - one.size || other.id - one.id);
  return {
    items: described(database, asked.registry, largest.slice(offset, offset + limit)),
    total: stay.length,
  };
}

/** @returns how many tags and manifests there are, and their contents with the bytes of each */
function heldByChosen(database: Database, { registry, tags, repositories = [] }: ChosenAsked) {
  const all = [...tags, ...repositories.flatMap((name) => tagsOf(database, registry, name))];
  const named = new Map(all.map((one) => [`${one.repository}:${one.tag}`, one]));
  const roots = new Map<number, Set<number>>();
  const sums = { referencedBytes: 0, estimated: 0 };
  for (const { repository, tag } of named.values()) {
    const row = database.get(
      `SELECT repository_id, manifest_id, coalesce(bytes, 0) AS bytes, coalesce(manifests.unread > 0, 1) AS estimated
       FROM repositories JOIN tags ON repository_id = repositories.id LEFT JOIN manifests ON manifests.id = manifest_id
       WHERE account_id = ? AND repositories.name = ? AND tags.name = ?`,
      registry,
      repository,
      tag,
    );
    sums.referencedBytes += row ? integer(row, 'bytes') : 0;
    sums.estimated += row ? integer(row, 'estimated') : 1;
    if (!row || row.manifest_id === null) continue;
    const id = integer(row, 'repository_id');
    roots.set(id, (roots.get(id) ?? new Set()).add(integer(row, 'manifest_id')));
  }
  const manifests = new Set<number>();
  const contents = new Map<number, number>();
  for (const [repository, its] of roots)
    for (const manifest of belowOf(database, repository, its)) {
      const status = statusOf(database, repository, manifest);
      if (status === 1 || status === 2) manifests.add(manifest);
      if (status !== 2) continue;
      for (const { id, size } of heldBy(database, manifest)) contents.set(id, size);
    }
  return { named: named.size, manifests: manifests.size, contents, ...sums };
}
