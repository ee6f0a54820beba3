import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PRIVATE_FILE } from './files.ts';
import { recordOf } from './manifest.ts';
import { fileOfDigest, fileOfTag, type Layout } from './paths.ts';
import { tagFile } from './repository-index.ts';

/** One manifest and the tags that point to it. */
export interface SeedEntry {
  repository: string;
  mediaType: string;
  bytes: Uint8Array;
  tags: readonly string[];
}

/** Writes its files in place, without an index. */
export async function writeSeed(
  layout: Layout,
  { repository, mediaType, bytes, tags }: SeedEntry,
  digest: string,
  atOnce: number,
): Promise<void> {
  const manifests = layout.manifests(repository);
  await mkdir(manifests, { recursive: true });
  const record = JSON.stringify(recordOf(bytes, mediaType));
  await writeFile(join(manifests, fileOfDigest(digest)), record, PRIVATE_FILE);
  const folder = layout.tags(repository);
  if (tags.length > 0) await mkdir(folder, { recursive: true });
  for (let at = 0; at < tags.length; at += atOnce) {
    const some = tags.slice(at, at + atOnce);
    await Promise.all(
      some.map((tag) => writeFile(join(folder, fileOfTag(tag)), tagFile(tag, digest), PRIVATE_FILE)),
    );
  }
}
