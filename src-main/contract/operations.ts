import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { operationId } from '../common/ids.ts';
import { itemState, operation, operationDetails, operationItem } from '../common/operation.ts';
import { plan } from '../common/plan.ts';
import { count, instant } from '../common/units.ts';
import { procedure } from './base.ts';

export const operations = {
  /** All that the tray shows, then each change as a whole snapshot of one operation, at most about ten a second for each. */
  watch: procedure.output(eventIterator(operation)),
  /** One operation as it is now, also one that the tray shows no more. */
  get: procedure.input(z.object({ operationId })).output(operation),
  /** The record of what was changed, newest first. `before` pages on: the `started` of the last row; no `kinds`: all. */
  history: procedure
    .input(
      z.object({
        limit: z.number().int().min(1).max(500),
        before: instant.optional(),
        kinds: z.array(z.string()).min(1).optional(),
      }),
    )
    .output(z.array(operation)),
  /** The tags of a copy or synchronisation, in order. */
  items: procedure
    .input(
      z.object({
        operationId,
        state: itemState.optional(),
        offset: count,
        limit: z.number().int().min(1).max(1000),
      }),
    )
    .output(z.object({ items: z.array(operationItem), total: count })),
  /** Ends when the operation does. */
  watchDetails: procedure.input(z.object({ operationId })).output(eventIterator(operationDetails)),
  /** Stops a running or waiting operation so that `retry` goes on with it where it was. */
  pause: procedure.input(z.object({ operationId })).output(z.void()),
  cancel: procedure.input(z.object({ operationId })).output(z.void()),
  /** Runs a failed, cancelled or interrupted operation again; what is done already is skipped. */
  retry: procedure.input(z.object({ operationId })).output(z.void()),
  /** The plan that takes an operation back; tags that point elsewhere by now are left alone. It is started like any other. */
  planUndo: procedure.input(z.object({ operationId })).output(plan),
  dismiss: procedure.input(z.object({ operationId })).output(z.void()),
};
