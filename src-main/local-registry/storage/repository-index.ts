import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { z } from 'zod';
import { isDigest, isTag } from '../grammar.ts';
import { errorCode, namesIn } from './files.ts';
import { digestOfFile, type Layout } from './paths.ts';
import { SortedNames } from './sorted-names.ts';

/** What is kept beside a manifest's bytes, and in memory for as long as its repository is: nothing of any size. */
const manifestRecord = z.object({
  mediaType: z.string(),
  size: z.int().nonnegative(),
  subject: z.string().optional(),
  artifactType: z.string().optional(),
});

export type ManifestRecord = z.infer<typeof manifestRecord>;

/** How long reading may hold up everything else. */
const READ_SLICE_MS = 5;

/** A repository as it lies on the folder; kept in step with it by the store, which writes to the folder first. */
export class RepositoryIndex {
  readonly layers: Set<string>;
  readonly manifests: ReadonlyMap<string, ManifestRecord>;
  readonly tags: ReadonlyMap<string, string>;
  readonly tagNames: SortedNames;
  readonly #manifests = new Map<string, ManifestRecord>();
  readonly #tags = new Map<string, string>();
  readonly #referrers = new Map<string, Set<string>>();

  constructor(
    layers: Iterable<string>,
    manifests: Iterable<[string, ManifestRecord]>,
    tags: Iterable<[string, string]>,
  ) {
    this.layers = new Set(layers);
    this.manifests = this.#manifests;
    this.tags = this.#tags;
    for (const [digest, record] of manifests) this.setManifest(digest, record);
    for (const [tag, digest] of tags) this.#tags.set(tag, digest);
    this.tagNames = new SortedNames(this.#tags.keys());
  }

  get isEmpty(): boolean {
    return this.layers.size === 0 && this.#manifests.size === 0;
  }

  setTag(tag: string, digest: string): void {
    this.#tags.set(tag, digest);
    this.tagNames.add(tag);
  }

  deleteTag(tag: string): void {
    this.#tags.delete(tag);
    this.tagNames.delete(tag);
  }

  setManifest(digest: string, record: ManifestRecord): void {
    this.#manifests.set(digest, record);
    if (record.subject === undefined) return;
    const referrers = this.#referrers.get(record.subject) ?? new Set();
    this.#referrers.set(record.subject, referrers.add(digest));
  }

  deleteManifest(digest: string): void {
    const subject = this.#manifests.get(digest)?.subject;
    this.#manifests.delete(digest);
    if (subject !== undefined) this.#referrers.get(subject)?.delete(digest);
  }

  tagsOn(digest: string): string[] {
    return [...this.#tags].filter(([, target]) => target === digest).map(([tag]) => tag);
  }

  /** Those of the manifests whose subject is this digest. */
  referrerDigests(subject: string): Iterable<string> {
    return this.#referrers.get(subject) ?? [];
  }

  /** The manifests whose subject is this digest, sorted by digest. */
  referrers(subject: string): [digest: string, record: ManifestRecord][] {
    return [...this.referrerDigests(subject)].sort().flatMap((digest) => {
      const record = this.#manifests.get(digest);
      return record ? [[digest, record]] : [];
    });
  }
}

/** Reads a repository from the folder. What does not parse there is left out, not removed. */
export async function loadRepository(layout: Layout, name: string): Promise<RepositoryIndex> {
  const layers = (await namesIn(layout.layers(name))).map(digestOfFile).filter(isDigest);
  const manifests = await readEach(layout.manifests(name), parseManifestFile);
  const known = new Set(manifests.map(([digest]) => digest));
  const tags = await readEach(layout.tags(name), (_, text) => parseTagFile(text));
  return new RepositoryIndex(
    layers,
    manifests,
    tags.filter(([, digest]) => known.has(digest)),
  );
}

export function tagFile(tag: string, digest: string): string {
  return `${digest} ${tag}\n`;
}

function parseTagFile(text: string): [string, string] | undefined {
  const [digest = '', tag = ''] = text.trimEnd().split(' ');
  return isDigest(digest) && isTag(tag) ? [tag, digest] : undefined;
}

function parseManifestFile(file: string, text: string): [string, ManifestRecord] | undefined {
  const digest = digestOfFile(file);
  try {
    const record = manifestRecord.safeParse(JSON.parse(text));
    return isDigest(digest) && record.success ? [digest, record.data] : undefined;
  } catch {
    return undefined; // not JSON: another program's file
  }
}

/**
 * Reads every file of a folder. Thousands of tiny files take a third of the time read synchronously; between slices other
 * requests get their turn.
 */
async function readEach<T>(
  folder: string,
  parse: (file: string, text: string) => T | undefined,
): Promise<T[]> {
  const found: T[] = [];
  let sliceEnds = performance.now() + READ_SLICE_MS;
  for (const file of await namesIn(folder)) {
    if (performance.now() > sliceEnds) {
      await nextTurn();
      sliceEnds = performance.now() + READ_SLICE_MS;
    }
    const entry = parse(file, readIfFile(join(folder, file)));
    if (entry !== undefined) found.push(entry);
  }
  return found;
}

function readIfFile(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (errorCode(error) === 'ENOENT' || errorCode(error) === 'EISDIR') return '';
    throw error;
  }
}
