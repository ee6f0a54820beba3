import type { Failure } from '../../common/failure.ts';
import type { Operation, OperationDetails } from '../../common/operation.ts';
import { accountOf } from '../../common/place.ts';
import { DataError, type JournalStep } from '../../data/index.ts';
import type { TransferPlan } from '../../engine/index.ts';
import { ServiceError } from '../errors.ts';
import { failureOf, isHopeless } from '../failure.ts';
import type { RegistryHandle } from '../types.ts';
import { runDeletions } from './deletion-work.ts';
import type { OperationsOptions } from './index.ts';
import { restore, type StepResult } from './restore-work.ts';
import { emptyProgress, isFinished, readStep } from './rows.ts';
import { TransferMeter } from './transfer-meter.ts';
import { type NumberedCopy, runCopies } from './transfer-work.ts';

/** About ten snapshots a second are as many as anybody can see. */
const PUBLISH_EVERY = 100;
/** Other processes read progress from the journal. */
const WRITE_EVERY = 1_000;

export interface RunOptions extends OperationsOptions {
  operation: Operation;
  handles: readonly RegistryHandle[];
  prepared: TransferPlan | undefined;
  /** Where tags were seen when it was started; undefined once that is too long ago. */
  looked: (() => ReadonlyMap<string, string | undefined> | undefined) | undefined;
  undoes: string | undefined;
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
  #meter: TransferMeter | undefined;
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
    this.#releases = options.handles.map(({ client }) => options.registries.lease(client));
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
    return this.#options.handles.some(({ place }) => accountOf(place) === account);
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
    let outcome: { status: 'done' | 'failed' | StopAs; failure?: Failure };
    try {
      outcome = await this.#work();
    } catch (error) {
      const failure = failureOf(error);
      outcome = this.#controller.signal.aborted ? { status: this.#stopAs } : { status: 'failed', failure };
    }
    this.#finish(outcome);
    for (const release of this.#releases) release();
    this.#options.ended();
    this.#end();
  }

  async #work(): Promise<{ status: 'done' | 'failed'; failure?: Failure }> {
    const { journal, operation } = this.#options;
    const { signal } = this.#controller;
    const steps = journal.steps(operation.id);
    signal.throwIfAborted();
    const { ended: _ended, failure: _failure, ...rest } = this.#snapshot;
    this.#change({
      ...rest,
      status: 'running',
      progress: {
        ...emptyProgress(steps.length),
        steps: { done: steps.filter(({ done }) => done).length, total: steps.length },
      },
    });
    const { kind } = operation.subject;
    if (kind === 'delete') return await this.#deletions(steps);
    return kind === 'restore' ? await this.#restores(steps) : await this.#copies(steps);
  }

  async #deletions(steps: readonly JournalStep[]): Promise<{ status: 'done' | 'failed'; failure?: Failure }> {
    const { operation, handles, looked } = this.#options;
    const { subject } = operation;
    const [registry] = handles;
    if (!('place' in subject) || !registry) throw new TypeError('A deletion without its registry.');
    const failures = await runDeletions(steps, {
      ...this.#options,
      operationId: operation.id,
      place: subject.place,
      registry,
      looked: looked?.(),
      signal: this.#controller.signal,
      advanced: () => this.#advanced(),
    });
    return this.#outcome(steps.length, [], failures);
  }

  #advanced(): void {
    const { progress } = this.#snapshot;
    const steps = { ...progress.steps, done: progress.steps.done + 1 };
    this.#snapshot = { ...this.#snapshot, progress: { ...progress, steps } };
    this.#moved();
  }

  async #restores(steps: readonly JournalStep[]): Promise<{ status: 'done' | 'failed'; failure?: Failure }> {
    const { journal, operation, now } = this.#options;
    const { signal } = this.#controller;
    const results: StepResult[] = [];
    const failures: Failure[] = [];
    for (const { number, step, done } of steps) {
      if (done) continue;
      signal.throwIfAborted();
      journal.stepBegun(operation.id, number, now());
      try {
        const result = await this.#restore(step);
        journal.stepDone(operation.id, number, now(), result);
        results.push(result);
        this.#advanced();
      } catch (error) {
        const failure = failureOf(error);
        // What failed for this one need not fail for the next one; a registry out of reach will.
        if (signal.aborted || failure.code === 'cancelled' || isHopeless(failure.code)) throw error;
        journal.stepFailed(operation.id, number, failure);
        failures.push(failure);
      }
    }
    return this.#outcome(steps.length, results, failures);
  }

  async #copies(steps: readonly JournalStep[]): Promise<{ status: 'done' | 'failed'; failure?: Failure }> {
    const { operation, handles, journal, now, settings } = this.#options;
    const copies = steps.flatMap(({ number, step, done }): NumberedCopy[] => {
      const read = done ? undefined : readStep(step);
      return read?.kind === 'copy' ? [{ number, step: read }] : [];
    });
    const [source, target] = [handles.at(0), handles.at(-1)];
    if (!source || !target) throw new TypeError('A transfer without its registries.');
    journal.stepsBegun(operation.id, now());
    const failures = await runCopies(copies, {
      ...this.#options,
      operationId: operation.id,
      source,
      target,
      concurrency: settings.read().settings.transferConcurrency,
      signal: this.#controller.signal,
      watch: (progress) => {
        const many = operation.subject.kind === 'sync';
        this.#meter = new TransferMeter(progress, { earlier: steps.length - copies.length, many });
      },
      changed: () => this.#moved(),
    });
    return this.#outcome(steps.length, [], failures);
  }

  #outcome(
    total: number,
    results: readonly StepResult[],
    failures: readonly Failure[],
  ): { status: 'done' | 'failed'; failure?: Failure } {
    const [first] = failures;
    if (first) {
      if (total === 1) return { status: 'failed', failure: first };
      const reason = `${failures.length} of ${total} steps failed. ${first.reason ?? ''}`.trim();
      return { status: 'failed', failure: { ...first, reason } };
    }
    if (!results.includes('leftAlone')) return { status: 'done' };
    const moved = failureOf(
      new ServiceError('planStale', 'Tags that point elsewhere by now were left alone.'),
    );
    return { status: results.some((result) => result === 'restored') ? 'done' : 'failed', failure: moved };
  }

  async #restore(kept: unknown): Promise<StepResult> {
    const { operation, handles } = this.#options;
    const step = readStep(kept);
    const { subject } = operation;
    const [registry] = handles;
    if (step.kind !== 'restore' || !('place' in subject) || !registry)
      throw new TypeError('A step of another kind than its operation.');
    return await restore(step, {
      ...this.#options,
      place: subject.place,
      registry,
      signal: this.#controller.signal,
    });
  }

  /** A transfer from near, while it runs. */
  details(): OperationDetails | undefined {
    return this.#meter?.details();
  }

  /** Something moved on: told at once or a little later, never more often than is seen. */
  #moved(): void {
    const since = performance.now() - this.#published;
    if (since >= PUBLISH_EVERY) this.#publish();
    else this.#timer ??= setTimeout(() => this.#publish(), PUBLISH_EVERY - since).unref();
  }

  #change(snapshot: Operation): void {
    this.#snapshot = snapshot;
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
      // Of use to other processes only; a disk in trouble is told by the next step that must be written.
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
    const { audit, now, who, host, operation } = this.#options;
    const ended = now().toISOString();
    const { remaining: _, ...progress } = this.#meter?.read(false) ?? this.#snapshot.progress;
    this.#snapshot = {
      ...this.#snapshot,
      status,
      ended,
      progress: { ...progress, rate: 0 },
      ...(failure ? { failure } : {}),
    };
    try {
      this.#write();
      audit.add({
        at: ended,
        who,
        host,
        operationId: operation.id,
        event: status,
        detail: { progress, ...(failure ? { failure } : {}) },
      });
    } catch (error) {
      // The journal still says `running`: after a restart it is told as interrupted. Here the real end is told.
      if (!(error instanceof DataError)) throw error;
    }
    this.#publish();
  }
}
