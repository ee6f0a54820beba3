import { isDigest } from '../../grammar.ts';
import { foldersIn, pathOf } from './disk-use.ts';
import { type CollectorParts, inParallel, type Pass } from './pass.ts';
import type { Amount, OrphanBlob } from './types.ts';

/** Looks at all content, and takes what no repository has. */
export async function passContent(
  { layout, content }: CollectorParts,
  pass: Pass,
): Promise<{ orphans: OrphanBlob[]; content: Amount; recent: Amount }> {
  const orphans: OrphanBlob[] = [];
  const kept = { content: { count: 0, bytes: 0 }, recent: { count: 0, bytes: 0 } };
  let bytes = 0;
  let done = 0;
  /** False: it was given to a repository meanwhile. */
  const take = (digest: string): Promise<boolean> =>
    content.holding(digest, async () => {
      if (pass.needed.has(digest)) return false;
      await content.remove(digest);
      return true;
    });
  for await (const entries of foldersIn(layout.blobs, pass.signal)) {
    const digests = entries.filter((entry) => entry.isFile()).map((entry) => digestAt(pathOf(entry)));
    const found = digests.filter(isDigest);
    await inParallel(found, async (digest) => {
      const size = await content.size(digest);
      if (size === undefined) return;
      const isOrphan = !pass.needed.has(digest) && !pass.recent.has(digest);
      if (isOrphan && (!pass.takes || (await take(digest)))) {
        orphans.push({ digest, size });
        bytes += size;
        return;
      }
      const amount = pass.needed.has(digest) ? kept.content : kept.recent;
      amount.count += 1;
      amount.bytes += size;
    });
    done += found.length;
    pass.report({ phase: 'content', done, total: done, bytes });
  }
  return { orphans, ...kept };
}

function digestAt(path: string): string {
  const [algorithm, , hex] = path.split(/[\\/]/).slice(-3);
  return `${algorithm}:${hex}`;
}
