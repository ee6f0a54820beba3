import type { Audit, AuditSubject } from '../data/index.ts';

/** Who changes something, and where. */
export interface Actor {
  /** User of the operating system. */
  user: string;
  /** Name of the machine. */
  machine: string;
  /** Which part of the app: desktop, browser, cli. */
  app: string;
}

interface Recorded {
  event: string;
  /** JSON; no secret. */
  detail?: unknown;
  operation?: string;
  /** Undefined: the same as in the operation's entry before. */
  subject?: AuditSubject;
  /** RFC 3339; default: now. */
  at?: string;
}

/** Writes into the record of changes what this process changes, in the transaction that is under way. */
export class Recorder {
  readonly #audit: Audit;
  readonly #actor: Actor;
  readonly #now: () => Date;

  constructor(audit: Audit, actor: Actor, now: () => Date) {
    this.#audit = audit;
    this.#actor = actor;
    this.#now = now;
  }

  add({ at = this.#now().toISOString(), detail = {}, ...entry }: Recorded): void {
    this.#audit.add({ ...entry, ...this.#actor, detail, at });
  }

  /** The id of the last change of an operation that is recorded; 0: none is. */
  through(operation: string): number {
    return this.#audit.through(operation);
  }
}
