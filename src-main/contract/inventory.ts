import { eventIterator } from '@orpc/contract';
import { account } from '../common/account.ts';
import { keepFresh, scan, scanRef, scanRequest } from '../common/inventory.ts';
import { nothing } from '../common/units.ts';
import { procedure } from './base.ts';

/** Scans are background work that changes no registry: read-only accounts may be scanned. */
export const inventory = {
  /** Begins one, or goes on with one of the same scope that stopped; `busy` while the registry is being scanned. */
  scan: procedure.input(scanRequest).output(scanRef),
  /** The last scan of each scope, then each change as a whole snapshot. */
  watch: procedure.output(eventIterator(scan)),
  /** Stops it so that `resume` goes on where it was. */
  pause: procedure.input(scanRef).output(nothing),
  resume: procedure.input(scanRef).output(nothing),
  cancel: procedure.input(scanRef).output(nothing),
  /** Scans the registry again whenever its last whole scan is so old; kept with the account. */
  keepFresh: procedure.input(keepFresh).output(account),
};
