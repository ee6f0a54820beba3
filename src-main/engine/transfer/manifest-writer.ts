import { lookAt } from '../endpoints/look.ts';
import { getManifest } from '../endpoints/manifests.ts';
import { putManifest } from '../endpoints/put-manifest.ts';
import { referrersTag } from '../endpoints/referrers.ts';
import { listTags } from '../endpoints/tags.ts';
import { digestOf } from '../model/digest.ts';
import { artifactTypeOf } from '../model/kind.ts';
import { type Descriptor, parseManifest, type RawManifest } from '../model/manifest.ts';
import { isIndexType, OCI_INDEX } from '../model/media-types.ts';
import { forEachLimit } from '../operations/for-each-limit.ts';
import type { ManifestContents } from './manifest-contents.ts';
import { onSide } from './sides.ts';
import type { ManifestTask, TransferSide } from './types.ts';

/** Manifests of one item written at a time, below its root. */
const WRITES = 6;

/** Writes manifests into the target registry, each once in each repository however many items share it. */
export class ManifestWriter {
  readonly #target: TransferSide;
  readonly #contents: ManifestContents;
  readonly #written = new Map<string, Promise<void>>();
  /** By repository and subject: two referrers at once must not overwrite each other's entry. */
  readonly #noting = new Map<string, Promise<void>>();

  constructor(target: TransferSide, contents: ManifestContents) {
    this.#target = target;
    this.#contents = contents;
  }

  /** Children before parents, the last one (the tag) after all others. @throws {RegistryError} with `side` */
  async write(
    repository: string,
    tasks: readonly ManifestTask[],
    signal: AbortSignal,
    done: (count: number) => void = () => {},
  ): Promise<void> {
    const below = tasks.slice(0, -1);
    const one = async (task: ManifestTask): Promise<void> => {
      await this.#once(repository, task, signal);
      done(1);
    };
    // Images know of no other manifest, so that they go in any order; indexes go in theirs.
    const images = below.filter(({ mediaType }) => !isIndexType(mediaType));
    await forEachLimit(images, WRITES, one, signal);
    for (const task of below) if (isIndexType(task.mediaType)) await one(task);
    for (const task of tasks.slice(-1)) await one(task);
  }

  /** What was written is written again: the registry lost something of it. */
  forget(repository: string, tasks: readonly ManifestTask[]): void {
    for (const { reference } of tasks) this.#written.delete(`${repository} ${reference}`);
  }

  #once(repository: string, task: ManifestTask, signal: AbortSignal): Promise<void> {
    const key = `${repository} ${task.reference}`;
    let written = this.#written.get(key);
    if (!written) {
      written = this.#put(repository, task, signal);
      this.#written.set(key, written);
      written.catch(() => this.#written.delete(key));
    }
    return written;
  }

  async #put(repository: string, task: ManifestTask, signal: AbortSignal): Promise<void> {
    const manifest = await onSide('source', () => this.#contents.get(task.digest, signal));
    await onSide('target', async () => {
      const reply = await putManifest(this.#target.client, repository, task.reference, manifest, { signal });
      if (task.subject === undefined || reply.subject === task.subject) return;
      await this.#note(repository, task.subject, manifest, signal);
    });
  }

  /** @see OCI distribution-spec 1.1, "Pushing Manifests with Subject" */
  async #note(
    repository: string,
    subject: string,
    manifest: RawManifest,
    signal: AbortSignal,
  ): Promise<void> {
    const key = `${repository} ${subject}`;
    const before = this.#noting.get(key) ?? Promise.resolve();
    const noted = before
      .catch(() => {})
      .then(() => this.#addToFallback(repository, subject, manifest, signal));
    this.#noting.set(key, noted);
    await noted;
  }

  async #addToFallback(
    repository: string,
    subject: string,
    manifest: RawManifest,
    signal: AbortSignal,
  ): Promise<void> {
    const { client } = this.#target;
    const tag = referrersTag(subject);
    const current = await this.#fallbackAt(repository, tag, signal);
    const index = current && parseManifest(current);
    if (index?.kind === 'index' && index.manifests.some(({ digest }) => digest === manifest.digest)) return;
    // Parsed strictly above; the entries of others keep every field, known to us or not.
    const before: { manifests?: unknown[] } =
      index?.kind === 'index' && current
        ? JSON.parse(new TextDecoder().decode(current.bytes))
        : { schemaVersion: 2, mediaType: OCI_INDEX };
    const document = { ...before, manifests: [...(before.manifests ?? []), descriptorOf(manifest)] };
    const bytes = new TextEncoder().encode(JSON.stringify(document));
    const fallback = { digest: digestOf(bytes), mediaType: OCI_INDEX, bytes };
    await putManifest(client, repository, tag, fallback, { signal });
  }

  /**
   * The list that is there, undefined where there is none. It is never written over unread: others are noted in it.
   *
   * @throws {RegistryError} where it cannot be read and may be there
   */
  async #fallbackAt(repository: string, tag: string, signal: AbortSignal): Promise<RawManifest | undefined> {
    const { client } = this.#target;
    const { found, unseen } = await lookAt(getManifest(client, repository, tag, { signal }));
    if (!unseen) return found;
    const listed = async (): Promise<boolean> => {
      for await (const page of listTags(client, repository, { signal })) if (page.includes(tag)) return true;
      return false;
    };
    const known = await lookAt(listed());
    if (known.unseen || known.found) throw unseen;
    return undefined;
  }
}

function descriptorOf(raw: RawManifest): Descriptor {
  const manifest = parseManifest(raw);
  const artifactType =
    manifest.kind === 'image'
      ? artifactTypeOf(manifest)
      : manifest.kind === 'index'
        ? manifest.artifactType
        : undefined;
  const annotations = manifest.kind === 'schema1' ? {} : manifest.annotations;
  return {
    mediaType: raw.mediaType,
    digest: raw.digest,
    size: raw.bytes.byteLength,
    ...(artifactType === undefined ? {} : { artifactType }),
    ...(Object.keys(annotations).length === 0 ? {} : { annotations }),
  };
}
