import { randomUUID } from 'node:crypto';
import type { MadeSecret } from '../../engine/index.ts';

/** Milliseconds that a secret is held for whoever is shown it. */
const HELD = 15 * 60 * 1000;
/** Of one that a plan writes: plans expire after 15 minutes, and an operation may wait for others. */
const GIVEN_HELD = 60 * 60 * 1000;

/** Secrets of products: in the memory of this process alone, for a while, and never written down. */
export class MadeSecrets {
  readonly #held = new Map<string, readonly MadeSecret[]>();
  readonly #given = new Map<string, string>();

  hold(operationId: string, secret: MadeSecret): void {
    this.#held.set(operationId, [...(this.#held.get(operationId) ?? []), secret]);
    setTimeout(() => this.#held.delete(operationId), HELD).unref();
  }

  /** All of an operation, once: the next who asks gets none. */
  take(operationId: string): readonly MadeSecret[] {
    const held = this.#held.get(operationId) ?? [];
    this.#held.delete(operationId);
    return held;
  }

  /** One that is to be written. @returns what a plan knows it by */
  give(secret: string): string {
    const id = randomUUID();
    this.#given.set(id, secret);
    setTimeout(() => this.#given.delete(id), GIVEN_HELD).unref();
    return id;
  }

  /** Undefined where it was given to another process, or too long ago. */
  given(id: string): string | undefined {
    return this.#given.get(id);
  }
}
