import type { RegistryError } from '../errors.ts';
import type { BlobTask, TransferItem } from './types.ts';

/** Times as many small blobs are in flight as large ones: what they cost is round trips and not bytes. */
const SMALL_FACTOR = 4;
/** Bytes in flight, by their declared sizes, up to which more blobs than `concurrency` are started. */
const SMALL_BYTES = 32 * 1024 * 1024;

interface Work {
  blob(task: BlobTask): Promise<void>;
  /** Writes the manifests of an item whose blobs are all there. */
  item(item: TransferItem): Promise<void>;
  /** An item has failed, by a blob or by itself; reported once. */
  failed(item: TransferItem, error: RegistryError): void;
  /** Whether an error ends everything. Any other one is a `RegistryError`. */
  isFatal(error: unknown): boolean;
  /** Ends what is under way. */
  stop(): void;
}

interface BlobState {
  task: BlobTask;
  items: ItemState[];
  followers: BlobState[];
}

interface ItemState {
  item: TransferItem;
  waitsFor: number;
  failed: boolean;
}

/**
 * The order of a transfer: each blob once, the followers of a blob when it has arrived, an item's manifests when its blobs have.
 * Items come in the order of the plan, and an item that can be finished goes before further blobs.
 */
export class Schedule {
  readonly #work: Work;
  readonly #concurrency: number;
  /** Taken from the end. */
  readonly #urgent: (() => void)[] = [];
  readonly #blobs: BlobState[] = [];
  #next = 0;
  #running = 0;
  #bytes = 0;
  #failure: { error: unknown } | undefined;
  #settle: () => void = () => {};

  constructor(items: readonly TransferItem[], concurrency: number, work: Work) {
    this.#work = work;
    this.#concurrency = concurrency;
    const states = new Map<BlobTask, BlobState>();
    for (const item of items) {
      if (item.verdict !== 'new' && item.verdict !== 'changed') continue;
      const state: ItemState = { item, waitsFor: 0, failed: false };
      for (const task of item.blobs) if (task.state !== 'present') this.#need(states, task).items.push(state);
    }
    for (const { items: waiting } of states.values()) for (const state of waiting) state.waitsFor++;
    for (const item of items) {
      const todo = item.verdict === 'new' || item.verdict === 'changed';
      if (todo && item.blobs.every(({ state }) => state === 'present'))
        this.#finish({ item, waitsFor: 0, failed: false });
    }
    // Those added last are taken first; items that need no blob go in the order of the plan.
    this.#urgent.reverse();
  }

  /** @throws the first fatal error, once nothing runs any more */
  run(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#settle = () => {
        if (this.#failure) reject(this.#failure.error);
        else resolve();
      };
      this.#pump();
    });
  }

  #need(states: Map<BlobTask, BlobState>, task: BlobTask): BlobState {
    let state = states.get(task);
    if (state) return state;
    state = { task, items: [], followers: [] };
    states.set(task, state);
    // A leader is needed by items of its own repository as well: it is in the plan.
    if (task.after) this.#need(states, task.after).followers.push(state);
    else this.#blobs.push(state);
    return state;
  }

  #pump(): void {
    while (!this.#failure) {
      const urgent = this.#urgent.at(-1);
      if (urgent) {
        if (this.#running >= this.#concurrency * SMALL_FACTOR) break;
        this.#urgent.pop();
        urgent();
        continue;
      }
      const blob = this.#blobs[this.#next];
      if (!blob || !this.#admits(blob.task.descriptor.size)) break;
      this.#next++;
      this.#start(blob);
    }
    if (this.#running === 0) this.#settle();
  }

  #admits(size: number): boolean {
    if (this.#running < this.#concurrency) return true;
    return this.#running < this.#concurrency * SMALL_FACTOR && this.#bytes + size <= SMALL_BYTES;
  }

  #start(state: BlobState): void {
    // All that needed it has failed meanwhile.
    if (state.items.every(({ failed }) => failed) && state.followers.length === 0) return;
    const { size } = state.task.descriptor;
    this.#bytes += size;
    this.#track(
      this.#work.blob(state.task).finally(() => {
        this.#bytes -= size;
      }),
      () => this.#arrived(state),
      (error) => this.#lost(state, error),
    );
  }

  #arrived({ items, followers }: BlobState): void {
    for (const follower of followers) this.#urgent.push(() => this.#start(follower));
    for (const item of items) if (--item.waitsFor === 0 && !item.failed) this.#finish(item);
  }

  #lost({ items, followers }: BlobState, error: RegistryError): void {
    for (const item of items) this.#fail(item, error);
    // Another repository may take it: the first of the others leads them now.
    const [leader, ...others] = followers;
    if (!leader) return;
    leader.task.state = 'send';
    leader.followers.push(...others);
    for (const { task } of others) task.from = leader.task.repository;
    this.#urgent.push(() => this.#start(leader));
  }

  #finish(state: ItemState): void {
    this.#urgent.push(() =>
      this.#track(
        this.#work.item(state.item),
        () => {},
        (error) => this.#fail(state, error),
      ),
    );
  }

  #fail(state: ItemState, error: RegistryError): void {
    if (state.failed) return;
    state.failed = true;
    this.#work.failed(state.item, error);
  }

  /** Runs on to its end whatever else happens: nothing is left behind the caller's back. */
  #track(running: Promise<void>, done: () => void, lost: (error: RegistryError) => void): void {
    this.#running++;
    void running
      .then(done, (error: unknown) => {
        if (this.#work.isFatal(error)) throw error;
        lost(error as RegistryError);
      })
      .catch((error: unknown) => {
        this.#failure ??= { error };
        this.#work.stop();
      })
      .then(() => {
        this.#running--;
        this.#pump();
      });
  }
}
