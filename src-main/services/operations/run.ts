import { DataError } from '../../data/index.ts';
import type { CopyPlanData, CopyProgress } from '../../engine/index.ts';
import { ServiceError } from '../errors.ts';
import { failureOf, isHopeless } from '../failure.ts';
import type { Failure, Operation, OperationProgress, PlanPlace, RegistryHandle } from '../types.ts';
import type { OperationsOptions } from './index.ts';
import { Rate } from './rate.ts';
import { changedPlace, emptyProgress, type Step, step as stepSchema } from './rows.ts';
import { runStep, type StepResult } from './work.ts';

/** About ten snapshots a second are as many as anybody can see. */
const PUBLISH_EVERY = 100;
/** Other processes read progress from the journal. */
const WRITE_EVERY = 1_000;

export interface RunOptions extends OperationsOptions {
  operation: Operation;
  handles: readonly RegistryHandle[];
  prepared: CopyPlanData | undefined;
  undoes: string | undefined;
  publish: (snapshot: Operation) => void;
  /** Called once, when everything about its end is written. */
  ended: () => void;
}

/** One operation on its way through its steps. */
export class Run {
  readonly #options: RunOptions;
  readonly #controller = new AbortController();
  readonly #rate = new Rate();
  readonly #releases: (() => void)[];
  readonly ended: Promise<void>;
  #end: () => void = () => undefined;
  #snapshot: Operation;
  #begun = false;
  #stopAs: 'cancelled' | 'interrupted' = 'cancelled';
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

  usesAccount(accountId: string): boolean {
    return this.#options.handles.some((handle) => handle.accountId === accountId);
  }

  dismiss(): void {
    this.#snapshot = { ...this.#snapshot, dismissed: true };
  }

  cancel(as: 'cancelled' | 'interrupted'): void {
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
    let outcome: { status: 'done' | 'failed' | 'cancelled' | 'interrupted'; failure?: Failure };
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
    const { journal, operation, now } = this.#options;
    const { signal } = this.#controller;
    const steps = journal.steps(operation.id);
    const results: StepResult[] = [];
    const failures: Failure[] = [];
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
    for (const { number, step, done } of steps) {
      if (done) continue;
      signal.throwIfAborted();
      journal.stepBegun(operation.id, number, now());
      try {
        const result = await this.#step(stepSchema.parse(step));
        journal.stepDone(operation.id, number, now(), result);
        results.push(result);
        this.#stepDone(steps.length);
      } catch (error) {
        const failure = failureOf(error);
        // What failed for this one need not fail for the next one; a registry out of reach will.
        if (signal.aborted || failure.code === 'cancelled' || isHopeless(failure.code)) throw error;
        failures.push(failure);
      }
    }
    return this.#outcome(steps.length, results, failures);
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

  async #step(step: Step): Promise<StepResult> {
    const { operation, registries, prepared, undoes, trash, seen, settings, now, handles } = this.#options;
    return await runStep(step, {
      operationId: operation.id,
      place: changedPlace(operation.subject),
      handleOf: async (place: PlanPlace) => {
        const same = (handle: RegistryHandle) =>
          (handle.accountId ?? '') === place.accountId && handle.host === place.host;
        return handles.find(same) ?? (await registries.handle(place.accountId));
      },
      prepared,
      undoes,
      trash,
      seen,
      now,
      concurrency: settings.read().settings.transferConcurrency,
      signal: this.#controller.signal,
      report: (progress) => this.#report(progress),
    });
  }

  #stepDone(total: number): void {
    const { progress } = this.#snapshot;
    // A copy counts its blobs and manifests instead of its one step.
    if (progress.bytes.total > 0 || this.#options.operation.subject.kind === 'copy') {
      this.#tell({ ...progress, steps: { ...progress.steps, done: progress.steps.total } });
    } else {
      this.#tell({ ...progress, steps: { done: Math.min(progress.steps.done + 1, total), total } });
    }
  }

  #report(copied: CopyProgress): void {
    const done = copied.bytesSent + copied.bytesMounted + copied.bytesPresent;
    const rate = this.#rate.add(copied.bytesSent, performance.now());
    const left = copied.bytesTotal - done;
    this.#tell({
      steps: {
        done: copied.blobs.done + copied.manifests.done,
        total: copied.blobs.total + copied.manifests.total,
      },
      bytes: { done, total: copied.bytesTotal },
      bytesSent: copied.bytesSent,
      bytesMounted: copied.bytesMounted,
      bytesPresent: copied.bytesPresent,
      rate,
      ...(rate > 0 && left > 0 ? { remaining: left / rate } : {}),
    });
  }

  /** Takes new progress; tells it at once or a little later, never more often than is seen. */
  #tell(progress: OperationProgress): void {
    this.#snapshot = { ...this.#snapshot, progress };
    const since = performance.now() - this.#published;
    if (since >= PUBLISH_EVERY) this.#publish();
    else this.#timer ??= setTimeout(() => this.#publish(), PUBLISH_EVERY - since).unref();
    if (performance.now() - this.#written >= WRITE_EVERY) this.#write();
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
    this.#options.publish(this.#snapshot);
  }

  #write(): void {
    this.#written = performance.now();
    const { id, status, progress, ended, failure } = this.#snapshot;
    this.#options.journal.setStatus(id, { status, progress, ended, failure });
  }

  #finish({
    status,
    failure,
  }: {
    status: 'done' | 'failed' | 'cancelled' | 'interrupted';
    failure?: Failure;
  }): void {
    const { audit, now, who, host, operation } = this.#options;
    const ended = now().toISOString();
    const { remaining: _remaining, ...progress } = this.#snapshot.progress;
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
