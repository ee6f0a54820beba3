import { randomUUID } from 'node:crypto';
import { type SavedTransfer, syncDefinition } from '../../common/transfer.ts';
import type { SavedTransfers } from '../../data/index.ts';
import { ServiceError } from '../errors.ts';

/** Synchronisations between two accounts that are kept by name. */
export class SavedSyncs {
  readonly #rows: SavedTransfers;
  readonly #now: () => Date;

  constructor(rows: SavedTransfers, now: () => Date) {
    this.#rows = rows;
    this.#now = now;
  }

  list(): SavedTransfer[] {
    return this.#rows.list().flatMap((row) => {
      const read = syncDefinition.safeParse(row.definition);
      return read.success ? [{ ...row, definition: read.data }] : [];
    });
  }

  /** Those that a newer version wrote, or that were spoiled. */
  unreadable(): { id: string; name: string }[] {
    return this.#rows
      .list()
      .filter((row) => !syncDefinition.safeParse(row.definition).success)
      .map(({ id, name }) => ({ id, name }));
  }

  save({
    id = randomUUID(),
    ...given
  }: Pick<SavedTransfer, 'name' | 'definition'> & { id?: string | undefined }): SavedTransfer {
    this.#rows.put({ id, ...given, created: this.#now().toISOString() });
    const saved = this.list().find((each) => each.id === id);
    if (!saved) throw new ServiceError('storageFailed', 'The saved transfer is gone.');
    return saved;
  }

  remove(id: string): void {
    this.#rows.remove(id);
  }

  noteRun(id: string, operationId: string): void {
    this.#rows.noteRun(id, operationId);
  }
}
