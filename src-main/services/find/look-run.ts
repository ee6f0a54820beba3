import type { Failure } from '../../common/failure.ts';
import type { LookedFor, Looking } from '../../common/find.ts';
import type { Inventory } from '../../data/index.ts';
import type { ImageAt } from '../core/image-at.ts';
import type { PackagesService } from '../core/packages.ts';
import { failureOf } from '../failure.ts';
import type { KnownLayers } from '../layers/known-layers.ts';
import { inParallel } from '../parallel.ts';
import type { PlaceHandle } from '../types.ts';
import { readFiles } from './read-files.ts';

/** Registries at once; of each one image after the other, as its client's pace allows. */
const REGISTRIES_AT_ONCE = 4;
/** Images asked for at once. */
const IMAGES_AT_ONCE = 100;

export interface LookRunOptions {
  id: string;
  what: LookedFor;
  accountId?: string | undefined;
  /** Registries as the inventory names them, with what opens them. */
  registries: readonly { key: string; open: () => Promise<PlaceHandle> }[];
  inventory: Inventory;
  packages: PackagesService;
  layers: KnownLayers;
  publish: (looking: Looking) => void;
}

/** Looks into all images of some registries that nobody has looked into. What it has looked into stays, however it ends. */
export class LookRun {
  readonly ended: Promise<void>;
  readonly #options: LookRunOptions;
  readonly #stop = new AbortController();
  #snapshot: Looking;
  /** Digests of layers that were read when it began; absent where it is packages that are looked for. */
  #known: readonly string[] | undefined;

  constructor(options: LookRunOptions) {
    const { id, what, accountId } = options;
    this.#options = options;
    this.#snapshot = {
      id,
      what,
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
    const { registries, what, layers } = this.#options;
    const { signal } = this.#stop;
    try {
      if (what === 'files') this.#known = await layers.digests();
      const left = await Promise.all(registries.map(({ key }) => this.#left(key, signal)));
      const total = left.reduce((sum, images) => sum + images, 0);
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

  /** Images of a registry that are to be looked into. */
  async #left(registry: string, signal: AbortSignal): Promise<number> {
    const { inventory } = this.#options;
    if (this.#known) {
      const asked = { scope: { registry }, known: this.#known };
      return (await inventory.ask('unreadLayers', asked, signal)).images;
    }
    const { images, looked } = await inventory.ask('lookedCounts', { registry }, signal);
    return images - looked;
  }

  async #look(at: ImageAt, index: string | undefined, signal: AbortSignal): Promise<Failure | undefined> {
    const { packages, layers } = this.#options;
    if (this.#known) return await readFiles(layers, at, signal);
    let unreached: Failure | undefined;
    for await (const step of packages.find(at, { index, signal }))
      if (step.kind === 'found') unreached = step.summary.unreached;
    return unreached;
  }

  async #registry({ key, open }: LookRunOptions['registries'][number], signal: AbortSignal): Promise<void> {
    let handle: PlaceHandle;
    try {
      handle = await open();
    } catch (error) {
      this.#fail(failureOf(error));
      return;
    }
    const scope = { registry: key };
    for (let after = 0; ; ) {
      const images = await this.#options.inventory.ask(
        'unlookedImages',
        { scope, after, limit: IMAGES_AT_ONCE, ...(this.#known && { known: this.#known }) },
        signal,
      );
      for (const { repository, digest, index } of images) {
        this.#change({ repository: `${handle.host}/${repository}` });
        try {
          const at = { handle, repository, reference: digest };
          const failure = await this.#look(at, index, signal);
          if (failure) this.#fail(failure);
        } catch (error) {
          if (signal.aborted) throw error;
          this.#fail(failureOf(error));
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

  #fail(failure: Failure): void {
    this.#change({
      failed: this.#snapshot.failed + 1,
      failure: this.#snapshot.failure ?? failure,
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
