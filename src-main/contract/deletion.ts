import { deletionPlan, deletionRequest } from '../common/deletion.ts';
import { procedure } from './base.ts';

export const deletion = {
  /** What would go, and what shares its digest; touches nothing. The user confirms this plan. */
  plan: procedure.input(deletionRequest).output(deletionPlan),
};
