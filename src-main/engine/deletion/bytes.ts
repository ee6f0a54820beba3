import { sum } from '../reading/graph.ts';
import type { Contents } from './holdings.ts';
import type { Snapshot } from './snapshot.ts';

/** Bytes of one manifest that goes, with all below it. */
export interface DoomedBytes {
  /** All of them. */
  size: number;
  /** Those that nothing else in the repository holds, whether it stays or goes as well. */
  own: number;
  /** Both are upper bounds. */
  atMost: boolean;
}

/**
 * What deleting makes collectable, of what no remaining tag of the repository holds. `freed`: bytes of the manifests that are
 * deleted and of their blobs. `inChildren`: bytes that only untagged children of deleted indexes hold; those stay as manifests
 * of their own, which a registry collects only where its garbage collection takes untagged manifests too. `atMost`: what goes shares
 * more with what stays than is known, perhaps, for not all of it was read. `of`: each manifest's, but for those of which nothing is known.
 */
export function bytesFreed(
  { byDigest }: Pick<Snapshot, 'byDigest'>,
  contents: Contents,
  { doomed, removed }: { doomed: ReadonlySet<string>; removed: ReadonlySet<string> },
): { freed: number; inChildren: number; atMost: boolean; of: ReadonlyMap<string, DoomedBytes> } {
  const kept = new Set<string>();
  let atMost = [...doomed].some((digest) => contents.get(digest)?.estimated);
  for (const [digest, tags] of byDigest) {
    if (doomed.has(digest) || tags.every((tag) => removed.has(tag))) continue;
    const { estimated, unknown } = contents.get(digest) ?? {};
    if (estimated || unknown) atMost = true;
    for (const part of contents.get(digest)?.parts.values() ?? [])
      for (const held of part.keys()) kept.add(held);
  }
  const freed = new Map<string, number>();
  const inChildren = new Map<string, number>();
  for (const digest of doomed) {
    for (const [manifest, part] of contents.get(digest)?.parts ?? []) {
      const into = doomed.has(manifest) ? freed : inChildren;
      for (const [held, size] of part) if (!kept.has(held)) into.set(held, size);
    }
  }
  for (const held of inChildren.keys()) freed.delete(held);
  const bytes = { freed: sum(freed.values()), inChildren: sum(inChildren.values()) };
  const isBound = atMost && bytes.freed + bytes.inChildren > 0;
  return { ...bytes, atMost: isBound, of: bytesOfEach(doomed, contents, { kept, atMost: isBound }) };
}

function bytesOfEach(
  doomed: ReadonlySet<string>,
  contents: Contents,
  { kept, atMost }: { kept: ReadonlySet<string>; atMost: boolean },
): Map<string, DoomedBytes> {
  const holders = new Map<string, number>();
  const held = new Map<string, ReadonlyMap<string, number>>();
  for (const digest of doomed) {
    const { parts, unknown } = contents.get(digest) ?? {};
    if (!parts || unknown) continue;
    const all = new Map([...parts.values()].flatMap((part) => [...part]));
    held.set(digest, all);
    for (const blob of all.keys()) holders.set(blob, (holders.get(blob) ?? 0) + 1);
  }
  return new Map(
    [...held].map(([digest, all]) => {
      const own = [...all].filter(([blob]) => holders.get(blob) === 1 && !kept.has(blob));
      return [digest, { size: sum(all.values()), own: sum(own.map(([, size]) => size)), atMost }];
    }),
  );
}
