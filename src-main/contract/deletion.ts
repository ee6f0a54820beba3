import { eventIterator } from '@orpc/contract';
import {
  deleteManyPlanning,
  deleteManyRequest,
  deletionPlanning,
  deletionRequest,
} from '../common/deletion.ts';
import { renamePlan, renameRequest } from '../common/renaming.ts';
import { procedure } from './base.ts';

export const deletion = {
  /** Looks at what would go, and at what shares its digest; touches nothing. Ends with the plan, which the user confirms. */
  plan: procedure.input(deletionRequest).output(eventIterator(deletionPlanning)),
  /** The same for whole repositories and namespaces, as one operation. */
  planRepositories: procedure.input(deleteManyRequest).output(eventIterator(deleteManyPlanning)),
  /** A tag would get another name: one plan, which can be undone as one. */
  planRename: procedure.input(renameRequest).output(renamePlan),
};
