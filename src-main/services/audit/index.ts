import {
  type AuditChoices,
  type AuditEntry,
  type AuditFilter,
  type AuditHead,
  type AuditVerification,
  type HistoryPage,
  type HistoryRow,
  type RecordedChange,
  settingsChange,
} from '../../common/audit.ts';
import type { Operation } from '../../common/operation.ts';
import type { AuditReader, TagChanges } from '../../data/index.ts';
import type { AuditService } from '../core/audit.ts';
import { ServiceError } from '../errors.ts';
import type { Operations } from '../operations/index.ts';
import type { OperationKinds } from '../operations/kinds.ts';
import type { CallOptions } from '../types.ts';
import { csvHeader, csvRows } from './csv.ts';

/** Entries read at a time. */
const ENTRIES = 500;

export class AuditRecord implements AuditService {
  readonly #reader: AuditReader;
  readonly #operations: Operations;
  readonly #changes: TagChanges;
  readonly #undoable: readonly string[];

  constructor(options: {
    reader: AuditReader;
    operations: Operations;
    tagChanges: TagChanges;
    kinds: OperationKinds;
  }) {
    this.#reader = options.reader;
    this.#operations = options.operations;
    this.#changes = options.tagChanges;
    this.#undoable = options.kinds.undoable();
  }

  async history(
    filter: AuditFilter,
    page: { offset: number; limit: number },
    { signal }: CallOptions = {},
  ): Promise<HistoryPage> {
    const question = { filter, undoable: this.#undoable, ...page };
    const { items, total } = await this.#reader.changes(question, { signal });
    return { items: items.map((entry) => this.#rowOf(entry)), total };
  }

  choices({ signal }: CallOptions = {}): Promise<AuditChoices> {
    return this.#reader.choices({ signal });
  }

  changes(
    operationId: string,
    page: { offset: number; limit: number },
  ): { items: RecordedChange[]; total: number } {
    const { items, total } = this.#changes.list(operationId, page);
    return { items: items.map(({ id: _, ...change }) => change), total };
  }

  async *entries(
    filter: AuditFilter,
    { signal }: CallOptions = {},
  ): AsyncGenerator<AuditEntry[], void, void> {
    for (let after: number | undefined = 0; after !== undefined; ) {
      const question = { filter, undoable: this.#undoable, after, limit: ENTRIES };
      const page = await this.#reader.entries(question, { signal });
      if (page.entries.length > 0) yield page.entries;
      after = page.after;
    }
  }

  async *export(
    filter: AuditFilter,
    format: 'jsonl' | 'csv',
    options: CallOptions = {},
  ): AsyncGenerator<string, void, void> {
    if (format === 'csv') yield csvHeader;
    for await (const entries of this.entries(filter, options))
      yield entries
        .map((entry) => (format === 'csv' ? csvRows(entry) : `${JSON.stringify(entry)}\n`))
        .join('');
  }

  verify(heads: readonly AuditHead[] = [], { signal }: CallOptions = {}): Promise<AuditVerification> {
    return this.#reader.verify(heads, { signal });
  }

  #rowOf(entry: AuditEntry): HistoryRow {
    const { format: _format, detail, previous: _previous, operation: id, ...row } = entry;
    if (id === null) return { ...row, ...this.#settingsOf(detail) };
    const operation = this.#operationOf(id);
    return { ...row, ...(operation === undefined ? {} : { operation }) };
  }

  #settingsOf(detail: unknown): Pick<HistoryRow, 'settings'> {
    const read = settingsChange.safeParse(detail);
    return read.success ? { settings: read.data } : {};
  }

  #operationOf(id: string): Operation | undefined {
    try {
      return this.#operations.get(id);
    } catch (error) {
      if (error instanceof ServiceError && error.code === 'operationUnknown') return undefined;
      throw error;
    }
  }
}
