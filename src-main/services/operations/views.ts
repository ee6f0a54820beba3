import type {
  ItemState,
  Operation,
  OperationChange,
  OperationDetails,
  OperationItem,
  RecordedKind,
} from '../../common/operation.ts';
import { DataError, type Journal, type JournalOperation, type Trash } from '../../data/index.ts';
import { ServiceError } from '../errors.ts';
import { changesOf, isFinished, itemOf, kindOf, operationOf } from './rows.ts';

/** An undo has found out that the registry collected what was deleted. */
function isCollected(failure: unknown): boolean {
  return (failure as { code?: unknown } | undefined)?.code === 'collected';
}

/** Operations as they are shown: a running one as it is this moment, any other one as the journal has it. */
export class Views {
  readonly #journal: Journal;
  readonly #trash: Trash;
  readonly #live: (id: string) => Operation | undefined;

  /** @param live the snapshot of what runs in this process */
  constructor(
    { journal, trash }: { journal: Journal; trash: Trash },
    live: (id: string) => Operation | undefined,
  ) {
    this.#journal = journal;
    this.#trash = trash;
    this.#live = live;
  }

  of(row: JournalOperation): Operation {
    const live = this.#live(row.id);
    if (live && !isFinished(live)) return { ...live, dismissed: row.dismissed };
    return operationOf(row, this.#isUndoable(row));
  }

  /** @throws ServiceError `operationUnknown` */
  get(id: string): Operation {
    const row = this.#journal.get(id);
    if (!row) throw new ServiceError('operationUnknown');
    return this.of(row);
  }

  tray(limit: number): Operation[] {
    return this.#journal.tray(limit).map((row) => this.of(row));
  }

  history(limit: number, before?: string, kinds?: readonly RecordedKind[]): Operation[] {
    return this.#journal.history(limit, before, kinds).map((row) => this.of(row));
  }

  /** @throws ServiceError `operationUnknown` */
  items(
    id: string,
    page: { state?: ItemState | undefined; offset: number; limit: number },
  ): { items: OperationItem[]; total: number } {
    this.get(id);
    const { steps, total } = this.#journal.stepPage(id, page);
    return { items: steps.flatMap((step) => itemOf(step) ?? []), total };
  }

  /** @throws ServiceError `operationUnknown` */
  changes(id: string): OperationChange[] {
    this.get(id);
    return this.#journal.steps(id).flatMap(changesOf);
  }

  /** From the journal, for what no run of this process knows. */
  counted(id: string): OperationDetails {
    const count = (state: ItemState) => this.#journal.stepPage(id, { state, offset: 0, limit: 0 }).total;
    const [done, failed] = [count('done'), count('failed')];
    return { items: { done, failed, total: done + failed + count('waiting') }, active: [] };
  }

  /** The last snapshot of a run with what the journal knows by now. */
  finished(snapshot: Operation): Operation {
    try {
      const row = this.#journal.get(snapshot.id);
      return row ? { ...snapshot, undoable: this.#isUndoable(row, snapshot.status) } : snapshot;
    } catch (error) {
      if (error instanceof DataError) return snapshot;
      throw error;
    }
  }

  /**
   * What was begun and is in the trash can be taken back, until looking has shown that nothing was changed: a deletion whose
   * reply was lost ends as one that found nothing to delete.
   */
  #isUndoable(row: JournalOperation, status: Operation['status'] = row.status): boolean {
    if (status === 'queued' || status === 'running') return false;
    if (kindOf(row.subject) !== 'delete' || !this.#trash.holds(row.id)) return false;
    if (!this.#journal.mayHaveChanged(row.id)) return false;
    return !this.#journal
      .undoneBy(row.id)
      .some(({ status, failure }) => ['queued', 'running', 'done'].includes(status) || isCollected(failure));
  }
}
