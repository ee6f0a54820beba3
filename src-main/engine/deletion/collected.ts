import { setImmediate as turn } from 'node:timers/promises';
import { lookAt } from '../endpoints/look.ts';
import { headManifest } from '../endpoints/manifests.ts';
import type { CallOptions } from '../endpoints/options.ts';
import { forEachLimit } from '../for-each-limit.ts';
import type { RegistryClient } from '../http/client.ts';
import { missingOf, type Parts, READS } from './missing-blobs.ts';

/** Blobs asked for at most: some seconds at 50 ms each, and enough for a hundred images. */
const LOOKS_MAX = 1000;

/** Manifests gone through before others get a turn on the event loop. */
const AT_ONCE = 2_000;

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
  /** Blobs that the registry does not have, and that were kept: they can be sent again. Bytes by digest. */
  readonly kept: ReadonlyMap<string, number>;
  /** Blobs that were asked for. */
  readonly asked: number;
  /** Blobs that were not, there being too many: they count as there. */
  readonly unasked: number;
}

export interface CollectedOptions extends CallOptions {
  maxLooks?: number;
  /** Whether a blob was kept elsewhere, so that it does not matter whether the registry still has it. */
  isKept?: (digest: string) => Promise<boolean>;
}

/**
 * Which of an operation's manifests the registry's garbage collection has made impossible to put back: blobs of theirs are gone and
 * were not kept, or children that the operation took as well cannot be put back. Each blob is asked for once. One that is there
 * itself is not collected whatever is asked, and what the registry refuses to answer counts as there: the write will show it.
 *
 * @param manifests by digest what those of the trash name
 */
export async function collectedAmong(
  client: RegistryClient,
  repository: string,
  manifests: ReadonlyMap<string, Parts>,
  { signal, maxLooks = LOOKS_MAX, isKept }: CollectedOptions = {},
): Promise<CollectedLook> {
  const blobs = new Map<string, number>();
  let through = 0;
  for (const parts of manifests.values()) {
    for (const { digest, size } of parts.blobs) blobs.set(digest, size);
    if (++through % AT_ONCE === 0) await turn();
  }
  const asked = [...blobs.keys()].slice(0, maxLooks);
  const missing = await missingOf(client, repository, asked, { signal });
  const kept = new Map<string, number>();
  for (const digest of isKept ? missing : []) {
    if (!(await isKept?.(digest))) continue;
    kept.set(digest, blobs.get(digest) ?? 0);
    missing.delete(digest);
  }

  const among = (there: ReadonlySet<string>): Map<string, Collected> => {
    const collected = new Map<string, Collected>();
    const looked = new Set<string>();
    const isCollected = (digest: string): boolean => {
      const part = manifests.get(digest);
      if (!part || there.has(digest)) return false;
      if (!looked.has(digest)) {
        looked.add(digest);
        const lost = part.blobs.filter((blob) => missing.has(blob.digest)).length;
        const children = part.children.filter(isCollected);
        if (lost + children.length > 0)
          collected.set(digest, { blobs: part.blobs.length, missing: lost, children });
      }
      return collected.has(digest);
    };
    for (const digest of manifests.keys()) isCollected(digest);
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
  return { collected: among(there), kept, asked: asked.length, unasked: blobs.size - asked.length };
}
