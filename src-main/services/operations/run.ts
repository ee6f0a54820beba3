import type { Failure } from '../../common/failure.ts';
import type { Operation, OperationDetails } from '../../common/operation.ts';
import { accountOf } from '../../common/place.ts';
import {
  DataError,
  type Journal,
  type JournalOperation,
  type ProcessMark,
  type TagChanges,
} from '../../data/index.ts';
import { failureOf } from '../failure.ts';
import { registryOf } from '../place-handle.ts';
import type { PlaceHandle } from '../types.ts';
import { type ContentKeeper, doomedBy, KeepMeter } from './keeping.ts';
import type { Meter, OperationKind, OperationRegistries } from './kind.ts';
import type { OperationKinds } from './kinds.ts';
import { type Locks, protectionOf } from './locks.ts';
import { actionsOf, emptyProgress, isFinished } from './record.ts';
import type { OperationPlacesOf } from './registries.ts';
import { type Outcome, StepCursor } from './steps.ts';
import type { Trail } from './trail.ts';

/** About ten snapshots a second are as many as anyone can see. */
const PUBLISH_EVERY = 100;
/** Other processes read progress from the journal. */
const WRITE_EVERY = 1_000;

export interface OperationsOptions {
  journal: Journal;
  tagChanges: TagChanges;
  trail: Trail;
  kinds: OperationKinds;
  places: OperationPlacesOf;
  keeper: ContentKeeper;
  /** Called when one has ended. */
  over: () => void;
  locks: Locks;
  /** Mark of this process. */
  owner: Pick<ProcessMark, 'text'>;
  now: () => Date;
}

export interface RunOptions extends OperationsOptions {
  row: JournalOperation;
  operation: Operation;
  kind: OperationKind;
  /** Its subject as the kind reads it. */
  subject: unknown;
  registriesOf: OperationRegistries;
  /** What the kind's `check` has returned. */
  prepared: unknown;
  publish: (snapshot: Operation) => void;
  /** Called once, when everything about its end is written. */
  ended: () => void;
}

/** Why a run ends before its end. */
type StopAs = 'cancelled' | 'paused' | 'interrupted';

/** One operation on its way through its steps. */
export class Run {
  readonly #options: RunOptions;
  readonly #controller = new AbortController();
  #meter: Meter | undefined;
  readonly #releases: (() => void)[];
  readonly ended: Promise<void>;
  #end: () => void = () => undefined;
  #snapshot: Operation;
  #begun = false;
  #stopAs: StopAs = 'cancelled';
  #published = 0;
  #written = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(options: RunOptions) {
    this.#options = options;
    this.#snapshot = options.operation;
    this.#releases = this.#handles().map((handle) => options.places.lease(handle));
    this.ended = new Promise((resolve) => {
      this.#end = resolve;
    });
  }

  get snapshot(): Operation {
    return this.#snapshot;
  }

  get begun(): boolean {
    return this.#begun;
  }

  usesAccount(account: string): boolean {
    return this.#handles().some(({ place }) => accountOf(place) === account);
  }

  #handles(): readonly PlaceHandle[] {
    const { reads, changes } = this.#options.registriesOf;
    return [...reads, ...changes];
  }

  dismiss(): void {
    this.#snapshot = { ...this.#snapshot, dismissed: true };
  }

  cancel(as: StopAs): void {
    if (this.#controller.signal.aborted) return;
    this.#stopAs = as;
    this.#controller.abort();
    if (!this.#begun) this.begin();
  }

  begin(): void {
    if (this.#begun) return;
    this.#begun = true;
    void this.#run();
  }

  async #run(): Promise<void> {
    let outcome: Outcome | { status: StopAs; failure?: Failure };
    try {
      outcome = await this.#work();
    } catch (error) {
      const failure = failureOf(error);
      outcome = this.#controller.signal.aborted ? { status: this.#stopAs } : { status: 'failed', failure };
    }
    await this.#recordChanges();
    this.#finish(outcome);
    for (const release of this.#releases) release();
    this.#options.ended();
    this.#end();
  }

  async #recordChanges(): Promise<void> {
    try {
      await this.#options.trail.changes(this.#options.row.id);
    } catch (error) {
      // A disk in trouble is reported by what the operation could not write; they are recorded when it goes on.
      if (!(error instanceof DataError)) throw error;
    }
  }

  async #work(): Promise<Outcome> {
    const { journal, row, kind, subject, registriesOf, prepared, owner, now } = this.#options;
    const { signal } = this.#controller;
    await journal.steps.write(row.id);
    await journal.durable();
    const [changed] = registriesOf.changes;
    const steps = new StepCursor(row.id, kind.step, {
      journal,
      now,
      settled: () => this.#advanced(),
      locked: (step) => protectionOf(kind.changes(step, subject), changed?.protects),
      // What can be taken back is noted by its kind before it is done.
      ...(kind.undo ? {} : { changed: (step) => this.#noteChanged(step) }),
    });
    signal.throwIfAborted();
    const { ended: _ended, failure: _failure, ...rest } = this.#snapshot;
    const progress = emptyProgress(steps.total);
    this.#change({
      ...rest,
      status: 'running',
      progress: { ...progress, steps: { done: steps.earlier, total: steps.total } },
    });
    await this.#keep(steps);
    return await kind.run(steps, {
      ...registriesOf,
      operationId: row.id,
      subject,
      undoes: row.undoes,
      prepared,
      owner,
      now,
      signal,
      durable: () => journal.durable(),
      measure: (meter) => {
        this.#meter = meter;
      },
      moved: () => this.#moved(),
    });
  }

  /** Before anything is taken away. */
  async #keep(steps: StepCursor<unknown>): Promise<void> {
    const { row, kind, subject, registriesOf, keeper } = this.#options;
    if (!row.keepsContent || !kind.undo) return;
    const doomed = await doomedBy(steps, kind, subject);
    if (doomed.length === 0) return;
    const { progress } = this.#snapshot;
    const meter = new KeepMeter(progress);
    this.#meter = meter;
    await keeper.keep(row.id, registryOf(registriesOf.changes), doomed, {
      signal: this.#controller.signal,
      report: (done, total) => {
        meter.bytes = { done, total };
        this.#moved();
      },
    });
    this.#meter = undefined;
    this.#snapshot = { ...this.#snapshot, progress };
  }

  #noteChanged(step: unknown): void {
    const { tagChanges, row, kind, subject } = this.#options;
    const changes = kind.changes(step, subject).map(({ repository, tag, before, after }) => ({
      repository,
      // A manifest without a tag has a digest, before or after.
      reference: tag ?? before ?? after ?? '',
      before,
      after,
    }));
    tagChanges.begin(row.id, changes);
  }

  #advanced(): void {
    if (this.#meter) return;
    const { progress } = this.#snapshot;
    const steps = { ...progress.steps, done: progress.steps.done + 1 };
    this.#snapshot = { ...this.#snapshot, progress: { ...progress, steps } };
    this.#moved();
  }

  /** A transfer from near, while it runs. */
  details(): OperationDetails | undefined {
    return this.#meter?.details();
  }

  /** Something moved on: reported at once or a little later, never more often than is seen. */
  #moved(): void {
    const since = performance.now() - this.#published;
    if (since >= PUBLISH_EVERY) this.#publish();
    else this.#timer ??= setTimeout(() => this.#publish(), PUBLISH_EVERY - since).unref();
  }

  #change(snapshot: Operation): void {
    const actions = actionsOf(snapshot, this.#options.kind, false);
    this.#snapshot = { ...snapshot, actions };
    this.#write();
    this.#publish();
  }

  #publish(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#published = performance.now();
    if (this.#meter) {
      const progress = this.#meter.read(!isFinished(this.#snapshot));
      this.#snapshot = { ...this.#snapshot, progress };
    }
    this.#options.publish(this.#snapshot);
    if (performance.now() - this.#written < WRITE_EVERY) return;
    try {
      this.#write();
    } catch (error) {
      // Of use to other processes only; a disk in trouble is reported by the next step that must be written.
      if (!(error instanceof DataError)) throw error;
    }
  }

  #write(): void {
    this.#written = performance.now();
    const { id, status, progress, ended, failure } = this.#snapshot;
    const paused = status === 'paused';
    this.#options.journal.setStatus(id, {
      status: paused ? 'interrupted' : status,
      paused,
      progress,
      ended,
      failure,
    });
  }

  #finish({ status, failure }: { status: 'done' | 'failed' | StopAs; failure?: Failure }): void {
    const { journal, trail, now, row, kind } = this.#options;
    const ended = now().toISOString();
    const { remaining: _, ...progress } = this.#meter?.read(false) ?? this.#snapshot.progress;
    this.#snapshot = {
      ...this.#snapshot,
      status,
      ended,
      progress: { ...progress, rate: 0 },
      ...(failure ? { failure } : {}),
    };
    this.#snapshot = { ...this.#snapshot, actions: actionsOf(this.#snapshot, kind, false) };
    try {
      journal.together(() => {
        this.#write();
        trail.note(row.id, status, { progress, ...(failure ? { failure } : {}) }, ended);
      });
    } catch (error) {
      // The journal still says `running`: after a restart it is reported as interrupted. Here the real end is reported.
      if (!(error instanceof DataError)) throw error;
    }
    this.#publish();
  }
}
