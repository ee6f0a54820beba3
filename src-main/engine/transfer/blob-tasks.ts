import type { ContentTarget } from '../content/target.ts';
import type { Descriptor } from '../model/manifest.ts';
import { onSide } from './sides.ts';
import type { BlobTask } from './types.ts';

const keyOf = (repository: string, digest: string): string => `${repository} ${digest}`;

/**
 * The blobs of a transfer. Each is looked for once in each target repository that needs it, is sent to a registry once, and is
 * mounted from there into the other repositories.
 */
export class BlobTasks {
  readonly #target: ContentTarget;
  /** The source is in the target registry: its repository can be mounted from. */
  readonly #sameRegistry: boolean;
  readonly #tasks = new Map<string, BlobTask>();
  readonly #looks = new Map<string, Promise<void>>();

  constructor(target: ContentTarget, sameRegistry: boolean) {
    this.#target = target;
    this.#sameRegistry = sameRegistry;
  }

  /** Notes a blob that is known to be in the target repository; it is sent where the registry lost it since. */
  present(repository: string, sourceRepository: string, descriptor: Descriptor): BlobTask {
    const task = this.#task(repository, sourceRepository, descriptor);
    task.state = 'present';
    return task;
  }

  /** Notes a blob that is looked for when its turn comes. */
  addUnchecked(repository: string, sourceRepository: string, descriptor: Descriptor): BlobTask {
    const task = this.#task(repository, sourceRepository, descriptor);
    if (task.state !== 'present') task.unchecked = true;
    return task;
  }

  /** Looks for a blob that somebody needs. @throws {RegistryError} */
  async look(
    repository: string,
    sourceRepository: string,
    descriptor: Descriptor,
    signal: AbortSignal | undefined,
  ): Promise<BlobTask> {
    const key = keyOf(repository, descriptor.digest);
    const known = this.#tasks.get(key);
    if (known?.state === 'present') return known;
    const task = this.#task(repository, sourceRepository, descriptor);
    let look = this.#looks.get(key);
    if (!look) {
      look = this.#lookOnce(task, signal);
      this.#looks.set(key, look);
      // A look that failed is made again for the next one who needs it.
      look.catch(() => this.#looks.delete(key));
    }
    await look;
    return task;
  }

  /**
   * Decides which repository gets each missing blob first: one that holds it already, else the one that shares most with the
   * others, so that few repositories wait for many. The others mount it from there.
   *
   * @param needed in the order of the items
   */
  shareOut(needed: readonly BlobTask[]): void {
    const byDigest = new Map<string, BlobTask[]>();
    for (const task of this.#tasks.values()) {
      const same = byDigest.get(task.descriptor.digest);
      if (same) same.push(task);
      else byDigest.set(task.descriptor.digest, [task]);
    }
    const shared = new Map<string, number>();
    for (const same of byDigest.values()) {
      if (same.length < 2) continue;
      for (const { repository } of same) shared.set(repository, (shared.get(repository) ?? 0) + 1);
    }
    const decided = new Set<string>();
    for (const { descriptor } of needed) {
      if (decided.has(descriptor.digest)) continue;
      decided.add(descriptor.digest);
      this.#shareOne(byDigest.get(descriptor.digest) ?? [], shared);
    }
  }

  #shareOne(same: readonly BlobTask[], shared: ReadonlyMap<string, number>): void {
    const missing = same.filter(({ state }) => state !== 'present');
    const holder = same.find(({ state }) => state === 'present');
    for (const task of missing) {
      if (holder) mountFrom(task, holder.repository);
      else if (this.#sameRegistry) mountFrom(task, task.sourceRepository);
    }
    if (holder || this.#sameRegistry || missing.length < 2) return;
    const [leader, ...others] = missing.toSorted(
      (a, b) => (shared.get(b.repository) ?? 0) - (shared.get(a.repository) ?? 0),
    );
    if (!leader) return;
    for (const task of others) {
      mountFrom(task, leader.repository);
      task.after = leader;
    }
  }

  #task(repository: string, sourceRepository: string, descriptor: Descriptor): BlobTask {
    const key = keyOf(repository, descriptor.digest);
    let task = this.#tasks.get(key);
    if (!task) {
      task = { repository, sourceRepository, descriptor, state: 'send' };
      this.#tasks.set(key, task);
    }
    return task;
  }

  async #lookOnce(task: BlobTask, signal: AbortSignal | undefined): Promise<void> {
    const { repository, descriptor } = task;
    const found = await onSide('target', () => this.#target.has(repository, descriptor.digest, signal));
    if (found) task.state = 'present';
  }
}

function mountFrom(task: BlobTask, repository: string): void {
  task.state = 'mount';
  task.from = repository;
}
