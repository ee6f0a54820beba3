import { eventIterator } from '@orpc/contract';
import {
  auditChoices,
  auditExportRequest,
  auditText,
  auditVerification,
  historyPage,
  historyPageRequest,
  recordedChanges,
  recordedChangesRequest,
} from '../common/audit.ts';
import { procedure } from './base.ts';

export const audit = {
  /** The changes that pass a filter, the newest first, operations as they are now. */
  history: procedure.input(historyPageRequest).output(historyPage),
  /** Registries, users and kinds that there are changes of. */
  choices: procedure.output(auditChoices),
  /** What an operation did to tags, with digests before and after. */
  changes: procedure.input(recordedChangesRequest).output(recordedChanges),
  /** The text of a file: all entries of the changes that pass a filter, oldest first. */
  export: procedure.input(auditExportRequest).output(eventIterator(auditText)),
  /** Computes the chain of hashes anew. */
  verify: procedure.output(auditVerification),
};
