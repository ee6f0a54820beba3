import type { Looking } from '../../common/find.ts';
import type { Inventory } from '../../data/index.ts';
import type { PackagesService } from '../core/packages.ts';
import { failureOf } from '../failure.ts';
import { inParallel } from '../parallel.ts';
import type { PlaceHandle } from '../types.ts';

/** Registries at once; of each one image after the other, as its client's pace allows. */
const REGISTRIES_AT_ONCE = 4;
/** Images asked for at once. */
const IMAGES_AT_ONCE = 100;

export interface LookRunOptions {
  id: string;
  accountId?: string | undefined;
  /** Registries as the inventory names them, with what opens them. */
  registries: readonly { key: string; open: () => Promise<PlaceHandle> }[];
  inventory: Inventory;
  packages: PackagesService;
  publish: (looking: Looking) => void;
}

/** Looks into all images of some registries that nobody has looked into. What it has looked into stays, however it ends. */
export class LookRun {
  readonly ended: Promise<void>;
  readonly #options: LookRunOptions;
  readonly #stop = new AbortController();
  #snapshot: Looking;

  constructor(options: LookRunOptions) {
    const { id, accountId } = options;
    this.#options = options;
    this.#snapshot = {
      id,
      ...(accountId === undefined ? {} : { accountId }),
      status: 'running',
      images: { done: 0, total: 0 },
      failed: 0,
    };
    this.ended = this.#run();
  }

  get snapshot(): Looking {
    return this.#snapshot;
  }

  stop(): void {
    this.#stop.abort();
  }

  async #run(): Promise<void> {
    const { registries, inventory } = this.#options;
    const { signal } = this.#stop;
    try {
      const counts = await Promise.all(
        registries.map(({ key }) => inventory.ask('lookedCounts', { registry: key }, signal)),
      );
      const total = counts.reduce((sum, { images, looked }) => sum + images - looked, 0);
      this.#change({ images: { done: 0, total } });
      const each = inParallel(registries, REGISTRIES_AT_ONCE, signal, (registry, shared) =>
        this.#registry(registry, shared),
      );
      for await (const _ of each);
      this.#end({ status: 'done' });
    } catch (error) {
      if (signal.aborted) this.#end({ status: 'stopped' });
      else this.#end({ status: 'failed', failure: failureOf(error) });
    }
  }

  async #registry({ key, open }: LookRunOptions['registries'][number], signal: AbortSignal): Promise<void> {
    let handle: PlaceHandle;
    try {
      handle = await open();
    } catch (error) {
      this.#fail(error);
      return;
    }
    const scope = { registry: key };
    for (let after = 0; ; ) {
      const images = await this.#options.inventory.ask(
        'unlookedImages',
        { scope, after, limit: IMAGES_AT_ONCE },
        signal,
      );
      for (const { repository, digest, index } of images) {
        this.#change({ repository: `${handle.host}/${repository}` });
        try {
          const at = { handle, repository, reference: digest };
          for await (const _ of this.#options.packages.find(at, { index, signal }));
        } catch (error) {
          if (signal.aborted) throw error;
          this.#fail(error);
        }
        const { done, total } = this.#snapshot.images;
        // What another registry has as well was counted for each.
        this.#change({ images: { done: Math.min(done + 1, total), total } });
      }
      const last = images.at(-1);
      if (!last) return;
      after = last.id;
    }
  }

  #fail(error: unknown): void {
    this.#change({
      failed: this.#snapshot.failed + 1,
      failure: this.#snapshot.failure ?? failureOf(error),
    });
  }

  #end(end: Pick<Looking, 'status'> & Partial<Looking>): void {
    const { repository: _, ...rest } = this.#snapshot;
    this.#snapshot = { ...rest, ...end };
    this.#options.publish(this.#snapshot);
  }

  #change(changes: Partial<Looking>): void {
    this.#snapshot = { ...this.#snapshot, ...changes };
    this.#options.publish(this.#snapshot);
  }
}
