import { setImmediate as turn } from 'node:timers/promises';
import { type AnyPlace, accountOf } from '../../common/place.ts';
import type { AuditSubject, Journal, PlanRow, TagChanges } from '../../data/index.ts';
import { isRegistry } from '../place-handle.ts';
import type { Recorder } from '../recorder.ts';
import type { PlaceHandle } from '../types.ts';
import type { OperationRegistries } from './kind.ts';
import type { OperationKinds } from './kinds.ts';

/** Changes in one entry: it is written in some milliseconds. */
const CHANGES = 500;

/** What operations leave in the record of changes: that they began, what they changed, how they ended. */
export class Trail {
  readonly #recorder: Recorder;
  readonly #journal: Journal;
  readonly #changes: TagChanges;
  readonly #kinds: OperationKinds;
  readonly #nameOf: (account: string) => string | undefined;

  /** @param options.nameOf the name of an account */
  constructor(options: {
    recorder: Recorder;
    journal: Journal;
    tagChanges: TagChanges;
    kinds: OperationKinds;
    nameOf: (account: string) => string | undefined;
  }) {
    this.#recorder = options.recorder;
    this.#journal = options.journal;
    this.#changes = options.tagChanges;
    this.#kinds = options.kinds;
    this.#nameOf = options.nameOf;
  }

  /** A confirmed plan became an operation; in the transaction in which it does. */
  started(operation: string, plan: PlanRow, registries: OperationRegistries, at: string): void {
    const { id, kind, made, subject, summary, needsConsent, undoes, counts, acting } = plan;
    this.#recorder.add({
      operation,
      event: 'started',
      at,
      subject: this.#subjectOf(kind, subject, registries),
      detail: {
        subject,
        plan: { id, made, summary, items: counts, needsConsent },
        steps: acting,
        ...(undoes === undefined ? {} : { undoes }),
      },
    });
  }

  /** It goes on, maybe with another sign-in. */
  retried(operation: string, kept: unknown, registries: OperationRegistries): void {
    const known = this.#kinds.read(kept);
    const subject = this.#subjectOf(known.kind.name, kept, registries);
    this.#recorder.add({ operation, event: 'retried', subject });
  }

  /** What becomes of it, in the transaction of the journal. */
  note(operation: string, event: string, detail: object = {}, at?: string): void {
    this.#recorder.add({ operation, event, detail, ...(at === undefined ? {} : { at }) });
  }

  /**
   * What it changed and is not recorded yet, some at a time, each time in a transaction of its own: what a process that died has changed
   * is recorded by the next one. Called before its end is noted.
   */
  async changes(operation: string): Promise<void> {
    const some = () => {
      const page = this.#changes.page(operation, this.#recorder.through(operation), CHANGES);
      const last = page.at(-1);
      if (last === undefined) return false;
      const changes = page.map(({ repository, reference, before, after, blind }) => ({
        repository,
        reference,
        before,
        after,
        blind,
      }));
      this.#recorder.add({ operation, event: 'changes', detail: { changes, through: last.id } });
      return page.length === CHANGES;
    };
    while (this.#journal.together(some)) await turn();
  }

  #subjectOf(kind: string, kept: unknown, { changes }: OperationRegistries): AuditSubject {
    const known = this.#kinds.of(kept);
    const [changed] = changes;
    return {
      kind,
      registry: changed?.place.host ?? null,
      account: changed && isRegistry(changed) ? this.#accountOf(changed) : null,
      what: known ? known.kind.words(known.subject) : kind,
    };
  }

  #accountOf(handle: Extract<PlaceHandle, { client: unknown }>): AuditSubject['account'] {
    const place: AnyPlace = handle.place;
    const id = accountOf(place) ?? null;
    return { id, name: (id === null ? undefined : this.#nameOf(id)) ?? null, user: handle.username ?? null };
  }
}
