import type { MatrixReading } from '../../common/comparison-matrix.ts';
import type { UnreadManifest } from '../../data/index.ts';
import { describe, RegistryError } from '../../engine/index.ts';
import type { MatrixSideAt } from '../core/comparison-matrix.ts';
import { failureOf } from '../failure.ts';
import { inParallel } from '../parallel.ts';
import { telling } from '../telling.ts';

/** Manifests read at once; each registry's own pace holds as well. */
const READS = 4;

type Unread = { items: readonly UnreadManifest[]; total: number };

/** Reads manifests into the inventory, with what they hold. One that fails costs itself only. */
export function readUnread(
  sides: readonly MatrixSideAt[],
  ask: (signal: AbortSignal) => Promise<Unread>,
  signal: AbortSignal | undefined,
): AsyncGenerator<MatrixReading, MatrixReading, void> {
  let reading: MatrixReading = { manifests: { done: 0, total: 0 }, failed: 0 };
  const tried = new Set<string>();
  const read = async ({ side, repository, digest }: UnreadManifest, stop: AbortSignal) => {
    try {
      const reader = sides[side]?.registry.reader;
      if (reader) await describe(reader, repository, digest, { signal: stop });
    } catch (error) {
      if (!(error instanceof RegistryError) || error.code === 'cancelled') throw error;
      const { failed, firstFailure = failureOf(error) } = reading;
      reading = { ...reading, failed: failed + 1, firstFailure };
    }
    const { done, total } = reading.manifests;
    reading = { ...reading, manifests: { done: done + 1, total } };
  };
  const work = async (stop: AbortSignal) => {
    for (;;) {
      const { items, total } = await ask(stop);
      const left = items.filter(({ digest }) => !tried.has(digest));
      if (left.length === 0) return reading;
      if (tried.size === 0) reading = { ...reading, manifests: { done: 0, total } };
      for (const { digest } of left) tried.add(digest);
      for await (const _ of inParallel(left, READS, stop, read));
    }
  };
  return telling(work, () => reading, signal);
}
