import type { OperationDetails, OperationProgress } from '../../common/operation.ts';
import type { RegistryHandle } from '../types.ts';
import type { Meter, OperationKind } from './kind.ts';
import type { StepCursor } from './steps.ts';

/** A manifest that goes, or loses a tag and perhaps its last one. */
export interface Doomed {
  repository: string;
  digest: string;
  /** Those that it loses; none for one that has none. */
  tags: readonly string[];
}

export interface KeepOptions {
  signal: AbortSignal;
  /** Bytes that are kept, of all. */
  report: (done: number, total: number) => void;
}

/** Keeps content whole, blobs too, before it is taken away. */
export interface ContentKeeper {
  /** Safe to repeat: what is kept is not read again. What is gone already is passed over. */
  keep(
    operationId: string,
    registry: RegistryHandle,
    doomed: readonly Doomed[],
    options: KeepOptions,
  ): Promise<void>;
}

/**
 * What the steps of an operation of whatever kind take away or write over: manifests that no tag holds afterwards, as far as its steps
 * say.
 */
export async function doomedBy(
  steps: StepCursor<unknown>,
  kind: OperationKind,
  subject: unknown,
): Promise<Doomed[]> {
  const doomed = new Map<string, Doomed & { tags: string[] }>();
  const held = new Set<string>();
  for await (const page of steps.all())
    for (const { repository, tag, before, after, stays } of page.flatMap((step) =>
      kind.changes(step, subject),
    )) {
      if (after !== null) held.add(`${repository} ${after}`);
      if (before === null || before === after) continue;
      const key = `${repository} ${before}`;
      if (stays) held.add(key);
      const known = doomed.get(key) ?? { repository, digest: before, tags: [] };
      if (tag !== null) known.tags.push(tag);
      doomed.set(key, known);
    }
  return [...doomed].flatMap(([key, one]) => (held.has(key) ? [] : [one]));
}

/** Counts what is kept, while no step is begun. */
export class KeepMeter implements Meter {
  bytes: OperationProgress['bytes'] = { done: 0, total: 0 };
  readonly #before: OperationProgress;

  constructor(before: OperationProgress) {
    this.#before = before;
  }

  read(): OperationProgress {
    return { ...this.#before, bytes: this.bytes };
  }

  details(): OperationDetails {
    const { done, total } = this.#before.steps;
    return { items: { done, failed: 0, total }, active: [] };
  }
}
