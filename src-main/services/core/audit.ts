import type {
  AuditChoices,
  AuditEntry,
  AuditFilter,
  AuditHead,
  AuditVerification,
  HistoryPage,
  RecordedChange,
} from '../../common/audit.ts';
import type { CallOptions } from '../types.ts';

/** The record of all changes that the app makes: to registries, and to its own settings that protect them. */
export interface AuditService {
  /** Changes that pass the filter, the newest first, operations as they are now. */
  history(
    filter: AuditFilter,
    page: { offset: number; limit: number },
    options?: CallOptions,
  ): Promise<HistoryPage>;
  choices(options?: CallOptions): Promise<AuditChoices>;
  /** What an operation did to tags, in order. */
  changes(
    operationId: string,
    page: { offset: number; limit: number },
  ): { items: RecordedChange[]; total: number };
  /** All entries of the changes that pass the filter, oldest first, some at a time. */
  entries(filter: AuditFilter, options?: CallOptions): AsyncGenerator<AuditEntry[], void, void>;
  /** The same as text: JSON lines, or CSV with a line for each changed tag. */
  export(
    filter: AuditFilter,
    format: 'jsonl' | 'csv',
    options?: CallOptions,
  ): AsyncGenerator<string, void, void>;
  /** Computes the chain anew. @param heads that were noted elsewhere */
  verify(heads?: readonly AuditHead[], options?: CallOptions): Promise<AuditVerification>;
}
