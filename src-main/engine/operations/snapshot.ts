import type { CallOptions } from '../endpoints/options.ts';
import { listTags } from '../endpoints/tags.ts';
import { RegistryError } from '../errors.ts';
import type { RegistryClient } from '../http/client.ts';
import type { ManifestHead } from '../model/manifest.ts';
import { forEachLimit } from './for-each-limit.ts';
import { graph, sizesOf } from './graph.ts';
import { listedByProduct } from './listed.ts';
import type { ManifestReader } from './reader.ts';

/** Tags or manifests asked for at a time; the client's own bound holds as well. */
const READS = 8;

export interface PlanProgress {
  phase: 'tags' | 'manifests' | 'referrers';
  done: number;
  total: number;
}

export interface PlanOptions extends CallOptions {
  onProgress?: (progress: PlanProgress) => void;
}

/** A repository's tags as they are: what each points at. */
export interface Snapshot {
  heads: ReadonlyMap<string, Pick<ManifestHead, 'digest' | 'mediaType'>>;
  byDigest: ReadonlyMap<string, readonly string[]>;
}

export const digestAt = ({ heads }: Snapshot, tag: string): string => heads.get(tag)?.digest ?? '';
export const tagsOf = ({ byDigest }: Snapshot, digest: string): readonly string[] =>
  byDigest.get(digest) ?? [];

/** Costs one HEAD for each tag that the product does not list with its digest itself. */
export async function readTags(
  client: RegistryClient,
  reader: ManifestReader,
  repository: string,
  { signal, onProgress }: PlanOptions,
): Promise<Snapshot> {
  const names = new Set<string>();
  for await (const page of listTags(client, repository, { signal })) for (const tag of page) names.add(tag);
  const listed = await listedByProduct(client, repository, { signal });
  const heads = new Map<string, Pick<ManifestHead, 'digest' | 'mediaType'>>();
  let done = 0;
  await forEachLimit(
    names,
    READS,
    async (tag, stop) => {
      try {
        heads.set(tag, listed.get(tag) ?? (await reader.head(repository, tag, stop)));
      } catch (error) {
        // Listed and gone: deleted meanwhile, or left over from an old deletion.
        if (!(error instanceof RegistryError && error.code === 'notFound')) throw error;
      }
      done++;
      onProgress?.({ phase: 'tags', done, total: names.size });
    },
    signal,
  );
  const byDigest = new Map<string, string[]>();
  for (const tag of [...heads.keys()].sort()) {
    const digest = heads.get(tag)?.digest ?? '';
    byDigest.set(digest, [...(byDigest.get(digest) ?? []), tag]);
  }
  return { heads, byDigest };
}

/** Of each tagged manifest: the bytes it needs, by digest, and the manifests below it. */
export type Contents = ReadonlyMap<
  string,
  { sizes: ReadonlyMap<string, number>; contained: ReadonlySet<string> }
>;

export async function readContents(
  reader: ManifestReader,
  repository: string,
  { byDigest }: Snapshot,
  signal: AbortSignal | undefined,
  onProgress: PlanOptions['onProgress'],
): Promise<Contents> {
  const contents = new Map<string, { sizes: Map<string, number>; contained: Set<string> }>();
  let done = 0;
  await forEachLimit(
    byDigest.keys(),
    READS,
    async (digest, stop) => {
      try {
        const root = await reader.get(repository, digest, stop);
        const whole = await graph(reader, repository, root, { signal: stop, missing: 'skip' });
        const contained = new Set(whole.manifests.map((raw) => raw.digest));
        contained.delete(digest);
        contents.set(digest, { sizes: sizesOf(whole), contained });
      } catch (error) {
        // A manifest that cannot be read holds nothing that we could count; its tag is named all the same.
        if (!(error instanceof RegistryError && ['notFound', 'invalidResponse'].includes(error.code)))
          throw error;
      }
      done++;
      onProgress?.({ phase: 'manifests', done, total: byDigest.size });
    },
    signal,
  );
  return contents;
}
