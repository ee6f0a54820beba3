import { eventIterator } from '@orpc/contract';
import {
  historyRequest,
  operation,
  operationDetails,
  operationItems,
  operationItemsRequest,
  operationRef,
} from '../common/operation.ts';
import { plan } from '../common/plan.ts';
import { nothing } from '../common/units.ts';
import { procedure } from './base.ts';

export const operations = {
  /** All that the status bar shows, then each change as a whole snapshot of one operation, at most about ten a second for each. */
  watch: procedure.output(eventIterator(operation)),
  /** One operation as it is now, also one that the status bar shows no more. */
  get: procedure.input(operationRef).output(operation),
  /** The record of what was changed, newest first. */
  history: procedure.input(historyRequest).output(operation.array()),
  /** The tags of a copy or synchronisation, in order. */
  items: procedure.input(operationItemsRequest).output(operationItems),
  /** Ends when the operation does. */
  watchDetails: procedure.input(operationRef).output(eventIterator(operationDetails)),
  /** Stops a running or waiting operation so that `retry` goes on with it where it was. */
  pause: procedure.input(operationRef).output(nothing),
  cancel: procedure.input(operationRef).output(nothing),
  /** Runs a failed, cancelled or interrupted operation again; what is done already is skipped. */
  retry: procedure.input(operationRef).output(nothing),
  /** The plan that takes an operation back; tags that point elsewhere by now are left alone. It is started like any other. */
  planUndo: procedure.input(operationRef).output(plan),
  /** It was looked at: what stopped or failed leaves the status bar. */
  dismiss: procedure.input(operationRef).output(nothing),
};
