import { setImmediate as nextLoop } from 'node:timers/promises';
import { pacingOf, type RequestKind, type Slot } from './pacing.ts';
import type { Reply } from './reply.ts';

/** A request's place in line: at one host at a time, since a redirect may lead to another, and through its sign-in. */
export class RequestSlot {
  readonly #kind: RequestKind;
  readonly #ceiling: number;
  readonly #signal: AbortSignal | undefined;
  #origin: string | undefined;
  #slot: Slot | undefined;
  #answered = false;
  #refused = false;

  constructor(kind: RequestKind, ceiling: number, signal: AbortSignal | undefined) {
    this.#kind = kind;
    this.#ceiling = ceiling;
    this.#signal = signal;
  }

  /** Waits for a place at that host, giving up the one at another. @throws {RegistryError} `cancelled` */
  async at(origin: string): Promise<void> {
    const pacing = pacingOf(origin);
    // The connection of the reply before can be used again, see {@link Slot.rest}.
    if (this.#answered || (origin !== this.#origin && pacing.resting)) await nextLoop();
    this.#answered = false;
    if (origin === this.#origin) return;
    this.leave();
    this.#origin = origin;
    this.#slot = await pacing.enter(this.#kind, this.#ceiling, this.#signal);
  }

  /** See {@link Slot.givesWay}. */
  get givesWay(): AbortSignal | undefined {
    return this.#slot?.givesWay;
  }

  /** The host would not have the connection. */
  refused(): void {
    this.#refused = true;
  }

  /** The host answered; `retryAfter` seconds hold back everyone's requests to it. */
  answered(status: number, retryAfter: number | undefined): void {
    if (retryAfter !== undefined && this.#origin !== undefined) pacingOf(this.#origin).block(retryAfter);
    this.#slot?.answered(status);
    this.#answered = true;
  }

  /** The place is held until the reply's body is. */
  endWith(reply: Reply): void {
    const slot = this.#slot;
    this.#slot = undefined;
    reply.whenClosed((whole) => slot?.rest({ whole }));
  }

  leave(): void {
    this.#slot?.release({ refused: this.#refused });
    this.#refused = false;
  }
}
