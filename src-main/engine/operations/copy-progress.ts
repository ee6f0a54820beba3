import type { CopyPlanData } from './copy.ts';
import { sum } from './graph.ts';

/** A whole snapshot. Bytes of blobs; `bytesSent` grows while a blob is on its way, and shrinks where it starts over. */
export interface CopyProgress {
  phase: 'blobs' | 'manifests' | 'done';
  blobs: { done: number; total: number };
  manifests: { done: number; total: number };
  bytesTotal: number;
  bytesSent: number;
  bytesMounted: number;
  bytesPresent: number;
}

/** Counts, and reports snapshots; how often they are shown is the reader's business. */
export class Progress {
  readonly #report: ((progress: CopyProgress) => void) | undefined;
  readonly #state: CopyProgress;

  constructor(
    { blobs, manifestsBottomUp }: CopyPlanData,
    report: ((progress: CopyProgress) => void) | undefined,
  ) {
    const present = blobs.filter(({ state }) => state === 'present');
    this.#report = report;
    this.#state = {
      phase: 'blobs',
      blobs: { done: present.length, total: blobs.length },
      manifests: { done: 0, total: manifestsBottomUp.length },
      bytesTotal: sum(blobs.map(({ descriptor }) => descriptor.size)),
      bytesSent: 0,
      bytesMounted: 0,
      bytesPresent: sum(present.map(({ descriptor }) => descriptor.size)),
    };
  }

  snapshot(): CopyProgress {
    const { blobs, manifests, ...rest } = this.#state;
    return { ...rest, blobs: { ...blobs }, manifests: { ...manifests } };
  }

  tell(): void {
    this.#report?.(this.snapshot());
  }

  sent(bytes: number): void {
    this.#state.bytesSent += bytes;
    this.tell();
  }

  mounted(bytes: number): void {
    this.#state.bytesMounted += bytes;
  }

  blobDone(): void {
    const { blobs } = this.#state;
    blobs.done = Math.min(blobs.total, blobs.done + 1);
    this.tell();
  }

  begin(manifests: number): void {
    this.#state.phase = 'manifests';
    this.#state.manifests = { done: 0, total: manifests };
    this.tell();
  }

  manifestDone(): void {
    this.#state.manifests.done++;
    this.tell();
  }

  finish(): void {
    this.#state.phase = 'done';
    this.tell();
  }
}
