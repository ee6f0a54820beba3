import type { BlobTask, TransferPlan } from './types.ts';

/** A blob on its way. */
export interface ActiveBlob {
  repository: string;
  digest: string;
  size: number;
  sent: number;
}

/** A whole snapshot. Bytes of blobs; `bytesSent` grows while a blob is on its way, and shrinks where it starts over. */
export interface TransferSnapshot {
  phase: 'blobs' | 'manifests' | 'done';
  items: { done: number; failed: number; total: number };
  blobs: { done: number; total: number };
  manifests: { done: number; total: number };
  bytesTotal: number;
  bytesSent: number;
  bytesMounted: number;
  /** There already, or left there by an earlier run that was interrupted. */
  bytesPresent: number;
  active: readonly ActiveBlob[];
}

/** Counts; `changed` is called at each change, and the listener takes a snapshot when it is time to show one. */
export class TransferProgress {
  readonly #changed: () => void;
  readonly #active = new Map<BlobTask, ActiveBlob>();
  readonly #state: Omit<TransferSnapshot, 'active' | 'phase'>;
  #finished = false;

  constructor({ items, blobs }: Pick<TransferPlan, 'items' | 'blobs'>, changed: () => void = () => {}) {
    this.#changed = changed;
    const toDo = items.filter(({ verdict }) => verdict === 'new' || verdict === 'changed');
    const present = blobs.filter(({ state }) => state === 'present');
    this.#state = {
      items: { done: 0, failed: 0, total: toDo.length },
      blobs: { done: present.length, total: blobs.length },
      manifests: { done: 0, total: toDo.reduce((sum, { manifests }) => sum + manifests.length, 0) },
      bytesTotal: sizeOf(blobs),
      bytesSent: 0,
      bytesMounted: 0,
      bytesPresent: sizeOf(present),
    };
  }

  snapshot(): TransferSnapshot {
    const { items, blobs, manifests, ...bytes } = this.#state;
    const phase = this.#finished ? 'done' : blobs.done < blobs.total ? 'blobs' : 'manifests';
    return {
      phase,
      items: { ...items },
      blobs: { ...blobs },
      manifests: { ...manifests },
      ...bytes,
      active: Array.from(this.#active.values(), (blob) => ({ ...blob })),
    };
  }

  begin(task: BlobTask): void {
    const { repository, descriptor } = task;
    this.#active.set(task, { repository, digest: descriptor.digest, size: descriptor.size, sent: 0 });
    this.#changed();
  }

  /** @param bytes negative where an attempt starts over */
  sent(task: BlobTask, bytes: number): void {
    this.#state.bytesSent += bytes;
    const active = this.#active.get(task);
    if (active) active.sent += bytes;
    this.#changed();
  }

  /** Bytes that an interrupted run had sent. */
  resumed(task: BlobTask, bytes: number): void {
    this.#state.bytesPresent += bytes;
    const active = this.#active.get(task);
    if (active) active.sent += bytes;
    this.#changed();
  }

  blobDone(task: BlobTask, outcome: 'sent' | 'mounted' | 'present'): void {
    this.#active.delete(task);
    if (outcome === 'present') this.#state.bytesPresent += task.descriptor.size;
    if (outcome === 'mounted') this.#state.bytesMounted += task.descriptor.size;
    const { blobs } = this.#state;
    blobs.done = Math.min(blobs.total, blobs.done + 1);
    this.#changed();
  }

  blobFailed(task: BlobTask): void {
    this.#active.delete(task);
    this.#changed();
  }

  manifestsDone(count: number): void {
    this.#state.manifests.done += count;
    this.#changed();
  }

  itemDone(failed: boolean): void {
    if (failed) this.#state.items.failed++;
    else this.#state.items.done++;
    this.#changed();
  }

  finish(): void {
    this.#finished = true;
    this.#changed();
  }
}

function sizeOf(blobs: readonly BlobTask[]): number {
  return blobs.reduce((sum, { descriptor }) => sum + descriptor.size, 0);
}
