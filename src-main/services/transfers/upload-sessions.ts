import { DataError, isAlive, type Uploads } from '../../data/index.ts';
import type { UploadSessions } from '../../engine/index.ts';

/** Uploads that this process has under way: no other process may continue them. */
const underWay = new Set<string>();

/**
 * The upload sessions of one run to one registry: those that are not worked on any more are given out, once each, and new ones are
 * written down. Writing is a help for later and fails nothing now.
 */
export async function openUploadSessions(
  uploads: Uploads,
  origin: string,
  owner: string,
): Promise<UploadSessions & { close(): void }> {
  const known = new Map<string, string>();
  const alive = new Map<string, boolean>([[owner, false]]);
  for (const row of uploads.at(origin)) {
    if (!alive.has(row.owner)) alive.set(row.owner, await isAlive(row.owner));
    if (!alive.get(row.owner)) known.set(`${row.repository} ${row.digest}`, row.location);
  }
  const own = new Set<string>();
  return {
    get(repository, digest) {
      const place = `${repository} ${digest}`;
      const location = known.get(place);
      known.delete(place);
      return underWay.has(`${origin} ${place}`) ? undefined : location;
    },
    set(repository, digest, location) {
      const key = `${origin} ${repository} ${digest}`;
      try {
        if (location === undefined) {
          if (own.delete(key)) underWay.delete(key);
          uploads.remove(origin, repository, digest);
        } else {
          own.add(key);
          underWay.add(key);
          uploads.put(origin, { repository, digest, location, owner });
        }
      } catch (error) {
        if (!(error instanceof DataError)) throw error;
      }
    },
    close() {
      for (const key of own) underWay.delete(key);
    },
  };
}
