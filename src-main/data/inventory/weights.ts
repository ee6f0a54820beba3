import type { Database } from '../database/database.ts';
import { integer } from '../database/row.ts';

/** The largest that are named, and those that are needed. */
const NAMED = 20;

/** What is known of contents by their digests, wherever they lie. */
export interface Weights {
  known: { count: number; bytes: number };
  /** Digests of which no size is known. */
  unknown: number;
  largest: { digest: string; size: number }[];
  /** Those that tags of the registry lead to, as far as it was seen, and in how many repositories; some of them. */
  needed: { digest: string; repositories: number }[];
  /** How many these are in all. */
  neededCount: number;
}

export function weights(
  database: Database,
  { registry, digests }: { registry: string; digests: readonly string[] },
): Weights {
  const found: Weights = {
    known: { count: 0, bytes: 0 },
    unknown: 0,
    largest: [],
    needed: [],
    neededCount: 0,
  };
  const root = database.get(`SELECT id FROM namespaces WHERE account_id = ? AND name = ''`, registry);
  for (const digest of digests) {
    const content = database.get('SELECT id, size FROM contents WHERE digest = ?', digest);
    const size = content ? integer(content, 'size') : 0;
    if (content && root) {
      const held = database.get(
        'SELECT repositories FROM namespace_contents WHERE namespace_id = ? AND content_id = ?',
        integer(root, 'id'),
        integer(content, 'id'),
      );
      if (held && found.neededCount++ < NAMED)
        found.needed.push({ digest, repositories: integer(held, 'repositories') });
    }
    if (size === 0) {
      found.unknown++;
      continue;
    }
    found.known.count++;
    found.known.bytes += size;
    const smallest = found.largest.at(-1);
    if (found.largest.length < NAMED || (smallest && size > smallest.size)) {
      found.largest.push({ digest, size });
      found.largest.sort((a, b) => b.size - a.size);
      found.largest.splice(NAMED);
    }
  }
  return found;
}
