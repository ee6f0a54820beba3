import type { MadeSecret } from '../../engine/index.ts';

/** Milliseconds that a secret is held for whoever is shown it. */
const HELD = 15 * 60 * 1000;

/** Secrets that products answered with: in the memory of this process alone, for a while, and never written down. */
export class MadeSecrets {
  readonly #held = new Map<string, readonly MadeSecret[]>();

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
}
