import type { OperationDetails, OperationProgress } from '../../common/operation.ts';
import type { TransferProgress, TransferSnapshot } from '../../engine/index.ts';
import type { Meter } from '../operations/kind.ts';
import { Rate } from './rate.ts';

type Bytes = Pick<TransferSnapshot, 'bytesTotal' | 'bytesSent' | 'bytesMounted' | 'bytesPresent'>;

/** What a running transfer counts, in the words of operations. */
export class TransferMeter implements Meter {
  readonly #steps: () => OperationDetails['items'];
  /** Tags are counted; one copy counts its blobs and manifests instead. */
  readonly #many: boolean;
  readonly #rate = new Rate();
  #progress: TransferProgress | undefined;
  /** Of the parts that are over. */
  #before: Bytes = { bytesTotal: 0, bytesSent: 0, bytesMounted: 0, bytesPresent: 0 };

  /** @param steps how many have ended, those of earlier runs included */
  constructor(steps: () => OperationDetails['items'], { many }: { many: boolean }) {
    this.#steps = steps;
    this.#many = many;
  }

  /** The next part of the transfer begins. */
  next(progress: TransferProgress): void {
    this.#before = this.#bytes();
    this.#progress = progress;
  }

  #bytes(): Bytes {
    const before = this.#before;
    const now = this.#progress?.snapshot() ?? {
      bytesTotal: 0,
      bytesSent: 0,
      bytesMounted: 0,
      bytesPresent: 0,
    };
    return {
      bytesTotal: before.bytesTotal + now.bytesTotal,
      bytesSent: before.bytesSent + now.bytesSent,
      bytesMounted: before.bytesMounted + now.bytesMounted,
      bytesPresent: before.bytesPresent + now.bytesPresent,
    };
  }

  read(running: boolean): OperationProgress {
    const { bytesTotal, bytesSent, bytesMounted, bytesPresent } = this.#bytes();
    const done = bytesSent + bytesMounted + bytesPresent;
    const rate = running ? this.#rate.add(bytesSent, performance.now()) : 0;
    const left = bytesTotal - done;
    return {
      steps: this.#counted(),
      bytes: { done, total: bytesTotal },
      bytesSent,
      bytesMounted,
      bytesPresent,
      rate,
      ...(rate > 0 && left > 0 ? { remaining: left / rate } : {}),
    };
  }

  #counted(): OperationProgress['steps'] {
    const parts = this.#many ? undefined : this.#progress?.snapshot();
    if (parts) {
      const { blobs, manifests } = parts;
      return { done: blobs.done + manifests.done, total: blobs.total + manifests.total };
    }
    const { done, failed, total } = this.#steps();
    return { done: done + failed, total };
  }

  details(): OperationDetails {
    return { items: this.#steps(), active: [...(this.#progress?.snapshot().active ?? [])] };
  }
}
