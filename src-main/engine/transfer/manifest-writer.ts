import type { ContentTarget } from '../content/target.ts';
import { forEachLimit } from '../for-each-limit.ts';
import { isIndexType } from '../model/media-types.ts';
import type { ManifestContents } from './manifest-contents.ts';
import { onSide } from './sides.ts';
import type { ManifestTask } from './types.ts';

/** Manifests of one item written at a time, below its root. */
const WRITES = 6;

/** Writes manifests into the target, each once in each repository however many items share it. */
export class ManifestWriter {
  readonly #target: ContentTarget;
  readonly #contents: ManifestContents;
  readonly #written = new Map<string, Promise<void>>();

  constructor(target: ContentTarget, contents: ManifestContents) {
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
    await onSide('target', () =>
      this.#target.putManifest(repository, task.reference, manifest, { subject: task.subject, signal }),
    );
  }
}
