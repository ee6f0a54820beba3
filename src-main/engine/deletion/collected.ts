import { setImmediate as turn } from 'node:timers/promises';
import { lookAt } from '../endpoints/look.ts';
import { headManifest } from '../endpoints/manifests.ts';
import type { CallOptions } from '../endpoints/options.ts';
import { forEachLimit } from '../for-each-limit.ts';
import type { RegistryClient } from '../http/client.ts';
import type { RawManifest } from '../model/manifest.ts';
import { missingOf, partsOf, READS } from './missing-blobs.ts';

/** Blobs asked for at most: some seconds at 50 ms each, and enough for a hundred images. */
const LOOKS_MAX = 1000;

/** Manifests parsed before others get a turn on the event loop. */
const AT_ONCE = 200;

/** Why a manifest cannot be put back. */
interface Collected {
  /** Of its blobs, so many are gone. */
  readonly blobs: number;
  readonly missing: number;
  /** Its children that cannot be put back. */
  readonly children: readonly string[];
}

export interface CollectedLook {
  /** By digest: the manifests that cannot be put back. */
  readonly collected: ReadonlyMap<string, Collected>;
  /** Blobs that were not asked for, there being too many: they count as there. */
  readonly unasked: number;
}

export interface CollectedOptions extends CallOptions {
  maxLooks?: number;
}

/**
 * Which of a deletion's manifests the registry's garbage collection has made impossible to put back: blobs of theirs are gone, or
 * children that the deletion took as well cannot be put back. Each blob is asked for once. One that is there itself is not collected
 * whatever is asked, and what the registry refuses to answer counts as there: the write will show it.
 *
 * @param manifests as the trash keeps them, in any order
 */
export async function collectedAmong(
  client: RegistryClient,
  repository: string,
  manifests: readonly RawManifest[],
  { signal, maxLooks = LOOKS_MAX }: CollectedOptions = {},
): Promise<CollectedLook> {
  const byDigest = new Map<string, ReturnType<typeof partsOf>>();
  for (const [position, raw] of manifests.entries()) {
    byDigest.set(raw.digest, partsOf(raw));
    if (position % AT_ONCE === AT_ONCE - 1) await turn();
  }
  const blobs = [...new Set([...byDigest.values()].flatMap((part) => part.blobs))];
  const asked = blobs.slice(0, maxLooks);
  const missing = await missingOf(client, repository, asked, { signal });

  const among = (there: ReadonlySet<string>): Map<string, Collected> => {
    const collected = new Map<string, Collected>();
    const looked = new Set<string>();
    const isCollected = (digest: string): boolean => {
      const part = byDigest.get(digest);
      if (!part || there.has(digest)) return false;
      if (!looked.has(digest)) {
        looked.add(digest);
        const lost = part.blobs.filter((blob) => missing.has(blob)).length;
        const children = part.children.filter(isCollected);
        if (lost + children.length > 0)
          collected.set(digest, { blobs: part.blobs.length, missing: lost, children });
      }
      return collected.has(digest);
    };
    for (const digest of byDigest.keys()) isCollected(digest);
    return collected;
  };
  const there = new Set<string>();
  const suspected = among(there).keys();
  await forEachLimit(
    suspected,
    READS,
    async (digest, stop) => {
      const { found, unseen } = await lookAt(headManifest(client, repository, digest, { signal: stop }));
      if (found || unseen) there.add(digest);
    },
    signal,
  );
  return { collected: among(there), unasked: blobs.length - asked.length };
}
