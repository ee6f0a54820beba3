import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { accountId } from '../common/ids.ts';
import { manifestReference, repositoryName, tagName } from '../common/place.ts';
import { copyOptions, copyPlan, savedTransfer, syncDefinition, syncPlanning } from '../common/transfer.ts';
import { procedure } from './base.ts';

export const transfers = {
  /** Copies between two registries, or within one; one plan however many there are. Within one repository it is a retag. */
  planCopies: procedure
    .input(
      z.object({
        source: accountId,
        target: accountId,
        copies: z
          .array(
            z.object({
              source: z.object({ repository: repositoryName, reference: manifestReference }),
              target: z.object({ repository: repositoryName, tag: tagName }),
            }),
          )
          .min(1)
          .max(10_000),
        options: copyOptions.prefault({}),
      }),
    )
    .output(copyPlan),
  /** Lists and compares; touches nothing. Ends with the plan. `savedId`: of the saved one that it is a run of. */
  planSync: procedure
    .input(syncDefinition.extend({ savedId: z.uuid().optional() }))
    .output(eventIterator(syncPlanning)),
  /** Saved synchronisations, by name. */
  saved: procedure.output(z.array(savedTransfer)),
  /** Saved ones that cannot be read: a newer version wrote them, or they were spoiled. */
  unreadableSaved: procedure.output(z.array(z.object({ id: z.string(), name: z.string() }))),
  /** Adds one, or changes the one with this id. */
  save: procedure
    .input(
      z.object({
        id: z.uuid().optional(),
        name: z.string().trim().min(1).max(100),
        definition: syncDefinition,
      }),
    )
    .output(savedTransfer),
  removeSaved: procedure.input(z.object({ id: z.uuid() })).output(z.void()),
};
