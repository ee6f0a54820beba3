import type { Operation, OperationDetails, OperationItem } from '../../common/operation.ts';
import {
  DataError,
  type Journal,
  type JournalOperation,
  type JournalStep,
  type TagChanges,
} from '../../data/index.ts';
import { ServiceError } from '../errors.ts';
import type { OperationChange } from '../types.ts';
import { inPages } from './in-pages.ts';
import type { OperationKind } from './kind.ts';
import type { OperationKinds } from './kinds.ts';
import { actionsOf, changesOf, isFinished, operationOf, readFailure, UNREADABLE_STEP } from './record.ts';

/** Steps read from the journal at a time. */
const PAGE = 1_000;

/** Operations as they are shown: a running one as it is this moment, any other one as the journal has it. */
export class Views {
  readonly #journal: Journal;
  readonly #changes: TagChanges;
  readonly #kinds: OperationKinds;
  readonly #live: (id: string) => Operation | undefined;

  /** @param live the snapshot of what runs in this process */
  constructor(
    { journal, tagChanges, kinds }: { journal: Journal; tagChanges: TagChanges; kinds: OperationKinds },
    live: (id: string) => Operation | undefined,
  ) {
    this.#journal = journal;
    this.#changes = tagChanges;
    this.#kinds = kinds;
    this.#live = live;
  }

  of(row: JournalOperation): Operation {
    const live = this.#live(row.id);
    if (live && !isFinished(live)) return { ...live, dismissed: row.dismissed };
    const known = this.#kinds.of(row.subject);
    const undos = this.#journal.undoneBy(row.id);
    const operation = operationOf(row, known, this.isUndoable(row, row.status, undos));
    const undone = undos.find(({ status }) => status === 'done');
    return this.#withResult(
      undone?.ended === undefined ? operation : { ...operation, undone: { by: undone.id, at: undone.ended } },
      known?.kind,
    );
  }

  /** With what it has done in all: as its last step noted it, where its kind shows that; of a failed one by its steps. */
  #withResult(operation: Operation, kind: OperationKind | undefined): Operation {
    if (!isFinished(operation)) return operation;
    if (operation.status === 'failed') return { ...operation, counts: this.counted(operation.id).items };
    if (!kind?.outcome) return operation;
    const { done } = this.#journal.steps.counts(operation.id);
    const [last] = this.#journal.steps.page(operation.id, { state: 'done', offset: done - 1, limit: 1 });
    const outcome = last?.result === undefined ? undefined : kind.outcome(last.result);
    return outcome === undefined ? operation : { ...operation, outcome };
  }

  /** @throws ServiceError `operationUnknown` */
  row(id: string): JournalOperation {
    const row = this.#journal.get(id);
    if (!row) throw new ServiceError('operationUnknown');
    return row;
  }

  /** @throws ServiceError `operationUnknown` */
  get(id: string): Operation {
    return this.of(this.row(id));
  }

  current(limit: number): Operation[] {
    return this.#journal.current(limit).map((row) => this.of(row));
  }

  history(limit: number, before?: string, kinds?: readonly string[]): Operation[] {
    return this.#journal.history(limit, before, kinds).map((row) => this.of(row));
  }

  /** @throws ServiceError `operationUnknown` */
  items(
    id: string,
    page: { state?: OperationItem['state'] | undefined; offset: number; limit: number },
  ): { items: OperationItem[]; total: number } {
    const kind = this.#kinds.of(this.row(id).subject)?.kind;
    const pair = kind?.pair;
    if (!kind || !pair) return { items: [], total: 0 };
    const counts = this.#journal.steps.counts(id);
    const total = page.state ? counts[page.state] : counts.waiting + counts.done + counts.failed;
    const items = this.#journal.steps.page(id, page).map((step): OperationItem => {
      const read = kind.step.safeParse(step.step);
      const { number } = step;
      if (read.success) return { number, ...pair.call(kind, read.data), ...stateOf(step) };
      const nowhere = { repository: '', reference: '', tag: '' };
      return { number, source: nowhere, target: nowhere, state: 'failed', failure: UNREADABLE_STEP };
    });
    return { items, total };
  }

  /** In order, some at a time. */
  steps(id: string): AsyncGenerator<JournalStep[], void, void> {
    return inPages(
      -1,
      (after) => this.#journal.steps.all(id, after, PAGE),
      ({ number }) => number,
    );
  }

  /** Some at a time. @throws ServiceError `operationUnknown` */
  async *changes(id: string): AsyncGenerator<OperationChange[], void, void> {
    const known = this.#kinds.of(this.row(id).subject);
    if (!known) return;
    for await (const steps of this.steps(id))
      yield steps.flatMap((step) => changesOf(step, known.kind, known.subject));
  }

  /** From the journal, for what no run of this process knows. */
  counted(id: string): OperationDetails {
    const { waiting, done, failed } = this.#journal.steps.counts(id);
    return { items: { done, failed, total: done + failed + waiting }, active: [] };
  }

  /** The last snapshot of a run with what the journal knows by now. */
  finished(snapshot: Operation): Operation {
    try {
      const row = this.#journal.get(snapshot.id);
      if (!row) return snapshot;
      const undoable = this.isUndoable(row, snapshot.status);
      const kind = this.#kinds.of(row.subject)?.kind;
      return this.#withResult({ ...snapshot, actions: actionsOf(snapshot, kind, undoable) }, kind);
    } catch (error) {
      if (error instanceof DataError) return snapshot;
      throw error;
    }
  }

  /**
   * What may have changed something can be taken back, until looking has shown that nothing was changed: a deletion whose reply was
   * lost ends as one that found nothing to delete.
   */
  isUndoable(
    row: JournalOperation,
    status: Operation['status'] = row.status,
    undos: readonly JournalOperation[] = this.#journal.undoneBy(row.id),
  ): boolean {
    if (status === 'queued' || status === 'running' || row.collected) return false;
    const kind = this.#kinds.of(row.subject)?.kind;
    if (!kind?.undo || !this.#hasChanged(row.id, kind)) return false;
    return !undos.some((undo) => ['queued', 'running', 'done'].includes(undo.status));
  }

  #hasChanged(id: string, { changesNoTags }: OperationKind): boolean {
    return changesNoTags ? this.#journal.steps.counts(id).done > 0 : this.#changes.any(id);
  }
}

function stateOf({ done, failure }: JournalStep): Pick<OperationItem, 'state' | 'failure'> {
  if (done) return { state: 'done' };
  return failure === undefined ? { state: 'waiting' } : { state: 'failed', failure: readFailure(failure) };
}
