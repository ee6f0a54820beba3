import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type {
  ItemState,
  Operation,
  OperationChange,
  OperationDetails,
  OperationItem,
  OperationSubject,
  RecordedKind,
} from '../../common/operation.ts';
import {
  type Audit,
  DataError,
  isAlive,
  type Journal,
  type Parts,
  type ProcessMark,
  type SeenPlaces,
  type SettingsFile,
  type Trash,
  type Uploads,
} from '../../data/index.ts';
import type { TransferPlan } from '../../engine/index.ts';
import type { OperationsService } from '../core.ts';
import { ServiceError } from '../errors.ts';
import type { Registries } from '../registries/index.ts';
import type { CallOptions, PlaceAccess, RegistryHandle } from '../types.ts';
import { Feed } from './feed.ts';
import { ForeignWatch } from './foreign-watch.ts';
import { emptyProgress, isFinished, kindOf, placesOf, type Step } from './rows.ts';
import { Run, type RunOptions } from './run.ts';
import { StopRequests } from './stop-requests.ts';
import { Views } from './views.ts';

/** Operations at once; the others wait. More would only share the same network and disk. */
const MAX_RUNNING = 4;
/** Rows of the tray. */
const TRAY = 50;
/** Milliseconds between two looks at a transfer from near. */
const DETAILS_EVERY = 250;

export interface OperationsOptions {
  journal: Journal;
  trash: Trash;
  parts: Parts;
  uploads: Uploads;
  audit: Audit;
  seen: SeenPlaces;
  settings: SettingsFile;
  registries: Registries;
  /** Mark of this process. */
  owner: Pick<ProcessMark, 'text'>;
  who: string;
  host: string;
  now: () => Date;
}

/** A confirmed plan. */
export interface Start {
  subject: OperationSubject;
  steps: readonly Step[];
  /** Registries it works on, resolved already. */
  handles: readonly RegistryHandle[];
  prepared?: TransferPlan | undefined;
  /** Where tags were seen just now; undefined once that is too long ago. */
  looked?: RunOptions['looked'];
  undoes?: string | undefined;
}

/** The one runner of everything that changes a registry. */
export class Operations implements OperationsService {
  readonly #options: OperationsOptions;
  readonly #runs = new Map<string, Run>();
  readonly #feed: Feed;
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
      rows: () => journal.tray(TRAY).filter((row) => row.owner !== owner.text),
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
    const { journal, audit, owner, who, host, now } = this.#options;
    for (const row of journal.unfinished()) {
      if (row.owner === owner.text || (await isAlive(row.owner))) continue;
      if (!journal.interrupt(row.id, row.owner, now())) continue;
      const at = now().toISOString();
      audit.add({ at, who, host, operationId: row.id, event: 'interrupted', detail: {} });
    }
  }

  /** Journals a confirmed plan and begins with it. @throws DataError if it cannot be journalled: then nothing is done */
  start({ subject, steps, handles, prepared, looked, undoes }: Start): { operationId: string } {
    const { journal, audit, owner, who, host, now } = this.#options;
    const id = randomUUID();
    const started = journal.create(
      { id, subject, progress: emptyProgress(steps.length), owner: owner.text, undoes },
      steps,
      now(),
    );
    // A synchronisation may have a hundred thousand steps; the journal keeps them.
    const detail = subject.kind === 'sync' ? { subject } : { subject, steps };
    audit.add({ at: started, who, host, operationId: id, event: 'started', detail });
    this.#run(this.get(id), { handles, prepared, looked, undoes });
    return { operationId: id };
  }

  watch({ signal }: CallOptions = {}): AsyncGenerator<Operation, void, void> {
    return this.#feed.subscribe(() => this.#views.tray(TRAY), signal);
  }

  history(limit: number, before?: string, kinds?: readonly RecordedKind[]): Operation[] {
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
    let told = '';
    for (;;) {
      const finished = isFinished(this.get(id));
      const details = (finished ? undefined : this.#runs.get(id)?.details()) ?? this.#views.counted(id);
      const text = JSON.stringify(details);
      if (text !== told) yield details;
      told = text;
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
    const { journal, audit, who, host, now } = this.#options;
    if (journal.askToStop(id, as) || as === 'paused' || !journal.giveUp(id)) return;
    audit.add({ at: now().toISOString(), who, host, operationId: id, event: as, detail: {} });
    this.#feed.publish(this.get(id));
  }

  async resumeInterrupted(): Promise<void> {
    const { journal } = this.#options;
    for (const { id, status, paused, dismissed, subject } of journal.tray(TRAY)) {
      const kind = kindOf(subject);
      const goesOn = status === 'interrupted' && !paused && !dismissed;
      if (!goesOn || (kind !== 'copy' && kind !== 'sync' && kind !== 'retag')) continue;
      // What cannot begin waits in the tray for whoever can open the keychain or mend the account.
      await this.retry(id).catch(() => {});
    }
  }

  async retry(id: string, access: PlaceAccess = {}): Promise<void> {
    const operation = this.get(id);
    if (operation.status === 'done') return;
    if (!isFinished(operation)) throw new ServiceError('busy', 'The operation is running.');
    const { journal, audit, owner, who, host, now } = this.#options;
    const handles = await this.#handlesOf(operation.subject, access);
    if (!journal.takeOver(id, owner.text)) throw new ServiceError('busy', 'The operation is running.');
    audit.add({ at: now().toISOString(), who, host, operationId: id, event: 'retried', detail: {} });
    this.#run(this.get(id), { handles, undoes: journal.get(id)?.undoes });
  }

  changes(id: string): OperationChange[] {
    return this.#views.changes(id);
  }

  async undo(id: string, access: PlaceAccess = {}): Promise<{ operationId: string }> {
    const operation = this.get(id);
    if (operation.subject.kind !== 'delete' || !operation.undoable) {
      throw new ServiceError('unsupported', 'This operation cannot be taken back.');
    }
    const { place } = operation.subject;
    const handles = await this.#handlesOf(operation.subject, access);
    const trashed = this.#options.trash.of(id);
    return this.start({
      subject: {
        kind: 'restore',
        place,
        tags: trashed.flatMap(({ tags }) => tags),
        manifests: trashed.map(({ digest }) => digest),
      },
      steps: trashed.map(({ digest, tags }): Step => ({ kind: 'restore', digest, tags })),
      handles,
      undoes: id,
    });
  }

  dismiss(id: string): void {
    this.get(id);
    this.#options.journal.dismiss(id);
    this.#runs.get(id)?.dismiss();
    this.#feed.publish(this.get(id));
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

  #run(
    operation: Operation,
    { handles, prepared, looked, undoes }: Pick<Start, 'handles' | 'prepared' | 'looked' | 'undoes'>,
  ): void {
    const run = new Run({
      ...this.#options,
      operation,
      handles,
      prepared,
      looked,
      undoes,
      publish: (snapshot) =>
        this.#feed.publish(isFinished(snapshot) ? this.#views.finished(snapshot) : snapshot),
      ended: () => {
        this.#runs.delete(operation.id);
        this.#stops.listen(this.#runs.size > 0);
        this.#tellUndone(undoes);
        this.#startQueued();
      },
    });
    this.#runs.set(operation.id, run);
    this.#stops.listen(true);
    this.#feed.publish(operation);
    this.#tellUndone(undoes);
    this.#startQueued();
  }

  /** A deletion stops being undoable when its undo begins, and is again when that fails. */
  #tellUndone(id: string | undefined): void {
    if (id === undefined) return;
    try {
      this.#feed.publish(this.get(id));
    } catch (error) {
      // The undo itself goes on; the row is read anew when the tray is.
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

  async #handlesOf(
    subject: OperationSubject,
    { source = {}, target = {} }: PlaceAccess = {},
  ): Promise<RegistryHandle[]> {
    if (subject.kind === 'unreadable')
      throw new ServiceError('storageFailed', 'The record of this operation cannot be read by this version.');
    const places = placesOf(subject);
    const handles: RegistryHandle[] = [];
    for (const [at, place] of places.entries())
      handles.push(await this.#options.registries.at(place, at === places.length - 1 ? target : source));
    if (handles.at(-1)?.readOnly) throw new ServiceError('readOnly');
    return handles;
  }
}
