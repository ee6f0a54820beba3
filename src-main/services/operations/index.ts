import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { ItemState, Operation, OperationDetails, OperationItem } from '../../common/operation.ts';
import { DataError, isAlive, type JournalStep, type PlanRow } from '../../data/index.ts';
import type { OperationsService } from '../core/operations.ts';
import { ServiceError } from '../errors.ts';
import { Feed } from '../feed.ts';
import type { CallOptions, OperationChange, OperationPlaces, PlaceAccess } from '../types.ts';
import { ForeignWatch } from './foreign-watch.ts';
import type { OperationKind, OperationRegistries } from './kind.ts';
import { emptyProgress, isFinished } from './record.ts';
import { type OperationsOptions, Run } from './run.ts';
import { StopRequests } from './stop-requests.ts';
import { Views } from './views.ts';

/** Operations at once; the others wait. More would only share the same network and disk. */
const MAX_RUNNING = 4;
/** Operations that the status bar is told of when it begins to watch. */
const CURRENT = 50;
/** Milliseconds between two looks at a transfer from near. */
const DETAILS_EVERY = 250;

/** A confirmed plan. */
export interface Start {
  plan: PlanRow;
  registries: OperationRegistries;
  /** What the kind's `check` has returned. */
  prepared: unknown;
  /** What it takes away is kept as a whole before. */
  keepsContent: boolean;
}

/** The one runner of everything that changes a registry. */
export class Operations implements OperationsService {
  readonly #options: OperationsOptions;
  readonly #runs = new Map<string, Run>();
  readonly #feed: Feed<Operation>;
  readonly #stops: StopRequests;
  readonly #foreign: ForeignWatch;
  readonly #views: Views;
  #closed = false;

  constructor(options: OperationsOptions) {
    this.#options = options;
    const { journal, owner } = options;
    this.#views = new Views(options, (id) => this.#runs.get(id)?.snapshot);
    this.#foreign = new ForeignWatch({
      recover: () => this.recover(),
      rows: () => journal.current(CURRENT).filter((row) => row.owner !== owner.text),
      changed: (row) => this.#feed.publish(this.#views.of(row)),
    });
    this.#feed = new Feed((watched) => {
      if (watched && !this.#closed) this.#foreign.start();
      else this.#foreign.stop();
    });
    this.#stops = new StopRequests(journal, owner, (id, as) => this.#runs.get(id)?.cancel(as));
  }

  /** Marks what dead processes left as interrupted. What another living process runs is left to it. */
  async recover(): Promise<void> {
    const { journal, owner, now, trail } = this.#options;
    for (const row of journal.unfinished()) {
      if (row.owner === owner.text || (await isAlive(row.owner))) continue;
      await trail.changes(row.id);
      journal.together(() => {
        if (!journal.interrupt(row.id, row.owner, now())) return;
        // Or as what it was asked to become.
        const { status, paused } = this.#views.row(row.id);
        trail.note(row.id, paused ? 'paused' : status);
      });
    }
  }

  /**
   * Makes an operation of a confirmed plan and begins with it.
   *
   * @throws ServiceError `planExpired` for a plan that was started already; `dryRun`, `readOnly`
   * @throws DataError if it cannot be journalled: then nothing is done
   */
  start({ plan, registries, prepared, keepsContent }: Start): { operationId: string } {
    const { journal, owner, now, locks, trail } = this.#options;
    locks.check(registries);
    const id = randomUUID();
    const { id: planId, subject, undoes, acting } = plan;
    journal.together(() => {
      const progress = emptyProgress(acting);
      const operation = { id, planId, subject, progress, owner: owner.text, undoes, keepsContent };
      const started = journal.create(operation, now());
      if (started === undefined) throw new ServiceError('planExpired');
      // The journal keeps the steps.
      trail.started(id, plan, registries, started);
    });
    this.#run(id, registries, prepared);
    return { operationId: id };
  }

  watch({ signal }: CallOptions = {}): AsyncGenerator<Operation, void, void> {
    return this.#feed.subscribe(() => this.#views.current(CURRENT), signal);
  }

  history(limit: number, before?: string, kinds?: readonly string[]): Operation[] {
    return this.#views.history(limit, before, kinds);
  }

  get(id: string): Operation {
    return this.#views.get(id);
  }

  async finished(id: string, { signal }: CallOptions = {}): Promise<Operation> {
    for await (const operation of this.#feed.subscribe(() => [this.get(id)], signal)) {
      if (operation.id === id && isFinished(operation)) return operation;
    }
    signal?.throwIfAborted();
    return this.get(id);
  }

  items(
    id: string,
    page: { state?: ItemState | undefined; offset: number; limit: number },
  ): { items: OperationItem[]; total: number } {
    return this.#views.items(id, page);
  }

  async *watchDetails(
    id: string,
    { signal }: CallOptions = {},
  ): AsyncGenerator<OperationDetails, void, void> {
    let last = '';
    for (;;) {
      const finished = isFinished(this.get(id));
      const details = (finished ? undefined : this.#runs.get(id)?.details()) ?? this.#views.counted(id);
      const text = JSON.stringify(details);
      if (text !== last) yield details;
      last = text;
      if (finished || signal?.aborted || this.#closed) return;
      // Looked at by the clock: the last change before a stall must be seen, too.
      await delay(DETAILS_EVERY, undefined, { ref: false, ...(signal && { signal }) }).catch(() => {});
    }
  }

  pause(id: string): Promise<void> {
    return this.#end(id, 'paused');
  }

  cancel(id: string): Promise<void> {
    return this.#end(id, 'cancelled');
  }

  async #end(id: string, as: 'paused' | 'cancelled'): Promise<void> {
    const run = this.#runs.get(id);
    if (run) {
      run.cancel(as);
      await run.ended;
      return;
    }
    this.get(id);
    const { journal, trail } = this.#options;
    const ended = journal.together(() => {
      if (journal.askToStop(id, as) || as === 'paused' || !journal.giveUp(id)) return false;
      trail.note(id, as);
      return true;
    });
    if (ended) this.#feed.publish(this.get(id));
  }

  async resumeInterrupted(): Promise<void> {
    const { journal, kinds } = this.#options;
    for (const { id, status, paused, dismissed, subject } of journal.current(CURRENT)) {
      const waits = status === 'interrupted' && !paused && !dismissed;
      if (!waits || !kinds.of(subject)?.kind.goesOn) continue;
      // What cannot begin waits in the status bar until the keychain is open or the account is corrected.
      await this.retry(id).catch(() => {});
    }
  }

  async retry(id: string, access: PlaceAccess = {}): Promise<void> {
    const operation = this.get(id);
    if (operation.status === 'done') return;
    if (!isFinished(operation)) throw new ServiceError('busy', 'The operation is running.');
    const { journal, owner, kinds, places, locks, trail } = this.#options;
    const kept = this.#views.row(id).subject;
    const { kind, subject } = kinds.read(kept);
    const registries = await places.of(kind.places(subject), access);
    locks.check(registries);
    journal.together(() => {
      if (!journal.takeOver(id, owner.text)) throw new ServiceError('busy', 'The operation is running.');
      trail.retried(id, kept, registries);
    });
    this.#run(id, registries, undefined);
  }

  changes(id: string): AsyncGenerator<OperationChange[], void, void> {
    return this.#views.changes(id);
  }

  /** With what became of each, some at a time. */
  steps(id: string): AsyncGenerator<JournalStep[], void, void> {
    return this.#views.steps(id);
  }

  places(id: string): OperationPlaces {
    const { kind, subject } = this.#options.kinds.read(this.#views.row(id).subject);
    return kind.places(subject);
  }

  /**
   * What can be taken back, or could until its content was collected: a plan says whether that is still so.
   *
   * @throws ServiceError `unsupported`, `operationUnknown`
   */
  undoable(id: string): { kind: OperationKind; subject: unknown } {
    const row = this.#views.row(id);
    if (!this.#views.isUndoable({ ...row, collected: false }))
      throw new ServiceError('unsupported', 'This operation cannot be taken back.');
    return this.#options.kinds.read(row.subject);
  }

  /** Looking has shown whether all that it took was collected. */
  setCollected(id: string, collected: boolean): void {
    if (this.#views.row(id).collected === collected) return;
    this.#options.journal.setCollected(id, collected);
    this.#feed.publish(this.get(id));
  }

  dismiss(id: string): void {
    this.get(id);
    this.#options.journal.dismiss(id);
    this.#runs.get(id)?.dismiss();
    this.#feed.publish(this.get(id));
  }

  running(): number {
    return this.#runs.size;
  }

  /** Whether an operation of this account runs in this process. */
  inUse(accountId: string): boolean {
    return [...this.#runs.values()].some((run) => run.usesAccount(accountId));
  }

  /** Interrupts what runs, so that it can be resumed, and waits until that is written. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const run of this.#runs.values()) run.cancel('interrupted');
    await Promise.all([...this.#runs.values()].map((run) => run.ended));
    this.#foreign.stop();
    this.#stops.listen(false);
    this.#feed.close();
  }

  #run(id: string, registriesOf: OperationRegistries, prepared: unknown): void {
    const row = this.#views.row(id);
    const operation = this.#views.of(row);
    const { undoes } = row;
    const run = new Run({
      ...this.#options,
      ...this.#options.kinds.read(row.subject),
      row,
      operation,
      registriesOf,
      prepared,
      publish: (snapshot) =>
        this.#feed.publish(isFinished(snapshot) ? this.#views.finished(snapshot) : snapshot),
      ended: () => {
        this.#runs.delete(id);
        this.#stops.listen(this.#runs.size > 0);
        this.#publishUndone(undoes);
        this.#startQueued();
        this.#options.over();
      },
    });
    this.#runs.set(id, run);
    this.#stops.listen(true);
    this.#feed.publish(operation);
    this.#publishUndone(undoes);
    this.#startQueued();
  }

  /** An operation stops being undoable when its undo begins, and is again when that fails. */
  #publishUndone(id: string | undefined): void {
    if (id === undefined) return;
    try {
      this.#feed.publish(this.get(id));
    } catch (error) {
      // The undo itself goes on; the row is read anew when the list is.
      if (!(error instanceof DataError)) throw error;
    }
  }

  #startQueued(): void {
    if (this.#closed) return;
    const runs = [...this.#runs.values()];
    let free = MAX_RUNNING - runs.filter((run) => run.begun).length;
    for (const run of runs) {
      if (free <= 0) break;
      if (run.begun) continue;
      run.begin();
      free--;
    }
  }
}
