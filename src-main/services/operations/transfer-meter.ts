import type { OperationDetails, OperationProgress } from '../../common/operation.ts';
import type { TransferProgress } from '../../engine/index.ts';
import { Rate } from './rate.ts';

/** What a running transfer counts, in the words of operations. */
export class TransferMeter {
  readonly #progress: TransferProgress;
  /** Tags that earlier runs of the operation have brought. */
  readonly #earlier: number;
  /** Tags are counted; one copy counts its blobs and manifests instead. */
  readonly #many: boolean;
  readonly #rate = new Rate();

  constructor(progress: TransferProgress, { earlier, many }: { earlier: number; many: boolean }) {
    this.#progress = progress;
    this.#earlier = earlier;
    this.#many = many;
  }

  /** @param running the speed is told only then */
  read(running: boolean): OperationProgress {
    const { items, blobs, manifests, bytesTotal, bytesSent, bytesMounted, bytesPresent } =
      this.#progress.snapshot();
    const done = bytesSent + bytesMounted + bytesPresent;
    const rate = running ? this.#rate.add(bytesSent, performance.now()) : 0;
    const left = bytesTotal - done;
    return {
      steps: this.#many
        ? { done: items.done + items.failed + this.#earlier, total: items.total + this.#earlier }
        : { done: blobs.done + manifests.done, total: blobs.total + manifests.total },
      bytes: { done, total: bytesTotal },
      bytesSent,
      bytesMounted,
      bytesPresent,
      rate,
      ...(rate > 0 && left > 0 ? { remaining: left / rate } : {}),
    };
  }

  details(): OperationDetails {
    const { items, active } = this.#progress.snapshot();
    return {
      items: { ...items, done: items.done + this.#earlier, total: items.total + this.#earlier },
      active: [...active],
    };
  }
}
