import type { OperationDetails, OperationProgress } from '../../common/operation.ts';
import type { TransferProgress, TransferSnapshot } from '../../engine/index.ts';
import type { Meter } from '../operations/kind.ts';
import { Rate } from './rate.ts';

type Bytes = Pick<TransferSnapshot, 'bytesTotal' | 'bytesSent' | 'bytesMounted' | 'bytesPresent'>;

/** Milliseconds that a transfer must have run, and the share of the bytes to be sent that it must have sent, before it has an estimate. */
const ESTIMATE_AFTER = { ms: 5_000, share: 0.01 };
/** Milliseconds over which the speed is shown: long enough to be steady, short enough to show a stall. */
const SHOWN_MS = 5_000;
/** And over which it is taken for the estimate, so that a short stall does not make hours of minutes. */
const STEADY_MS = 60_000;

/** What a running transfer counts, in the words of operations. */
export class TransferMeter implements Meter {
  readonly #steps: () => OperationDetails['items'];
  /** Tags are counted; one copy counts its blobs and manifests instead. */
  readonly #many: boolean;
  readonly #rate = new Rate(SHOWN_MS);
  readonly #steady = new Rate(STEADY_MS);
  readonly #now: () => number;
  readonly #begun: number;
  #progress: TransferProgress | undefined;
  /** Of the parts that are over. */
  #before: Bytes = { bytesTotal: 0, bytesSent: 0, bytesMounted: 0, bytesPresent: 0 };

  /** @param steps how many have ended, those of earlier runs included; @param now milliseconds */
  constructor(
    steps: () => OperationDetails['items'],
    { many, now = () => performance.now() }: { many: boolean; now?: () => number },
  ) {
    this.#steps = steps;
    this.#many = many;
    this.#now = now;
    this.#begun = now();
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
    const now = this.#now();
    const rate = running ? this.#rate.add(bytesSent, now) : 0;
    const steady = running ? this.#steady.add(bytesSent, now) : 0;
    const left = bytesTotal - done;
    const isKnown =
      steady > 0 &&
      left > 0 &&
      now - this.#begun >= ESTIMATE_AFTER.ms &&
      bytesSent >= ESTIMATE_AFTER.share * (bytesSent + left);
    return {
      steps: this.#counted(),
      bytes: { done, total: bytesTotal },
      bytesSent,
      bytesMounted,
      bytesPresent,
      rate,
      ...(isKnown ? { remaining: left / steady } : {}),
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
