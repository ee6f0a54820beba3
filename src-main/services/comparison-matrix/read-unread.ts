import type { MatrixReading } from '../../common/comparison-matrix.ts';
import type { UnreadManifest } from '../../data/index.ts';
import { describe, type ManifestFacts, type ManifestReader, RegistryError } from '../../engine/index.ts';
import type { MatrixSideAt } from '../core/comparison-matrix.ts';
import { failureOf } from '../failure.ts';
import { inParallel } from '../parallel.ts';
import { telling } from '../telling.ts';

/** Manifests read at once; each registry's own pace holds as well. */
const READS = 4;

export interface UnreadReading {
  /** What is left to be read, some of it. */
  ask: (signal: AbortSignal) => Promise<{ items: readonly UnreadManifest[]; total: number }>;
  /** Keeps what was read. */
  note: (side: MatrixSideAt, repository: string, facts: readonly ManifestFacts[]) => Promise<void>;
}

/** Reads manifests, with what they hold, and keeps what they say. One that fails costs itself only. */
export function readUnread(
  sides: readonly MatrixSideAt[],
  { ask, note }: UnreadReading,
  signal: AbortSignal | undefined,
): AsyncGenerator<MatrixReading, MatrixReading, void> {
  let reading: MatrixReading = { manifests: { done: 0, total: 0 }, failed: 0 };
  const tried = new Set<string>();
  const read = async ({ side: at, repository, digest }: UnreadManifest, stop: AbortSignal) => {
    const side = sides[at];
    if (!side) return;
    const noted: Promise<void>[] = [];
    const reader = noting(side.registry.reader, (name, facts) => void noted.push(note(side, name, facts)));
    try {
      await describe(reader, repository, digest, { signal: stop });
    } catch (error) {
      if (!(error instanceof RegistryError) || error.code === 'cancelled') throw error;
      const { failed, firstFailure = failureOf(error) } = reading;
      reading = { ...reading, failed: failed + 1, firstFailure };
    }
    await Promise.all(noted);
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

/** The same reader, whose facts go somewhere else: an account's own are kept a little later, those of a registry without one nowhere. */
function noting(reader: ManifestReader, seen: NonNullable<ManifestReader['seen']>): ManifestReader {
  return {
    head: (...asked) => reader.head(...asked),
    get: (...asked) => reader.get(...asked),
    blob: (...asked) => reader.blob(...asked),
    seen,
  };
}
