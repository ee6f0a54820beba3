import { collectionRequest, collectPlan, localRegistryUsage } from '../common/collection.ts';
import {
  localRegistryOptions,
  localRegistryStart,
  localRegistryState,
  startedLocalRegistry,
} from '../common/local-registry.ts';
import { nothing } from '../common/units.ts';
import { procedure } from './base.ts';

export const localRegistry = {
  state: procedure.output(localRegistryState),
  /** Starts the embedded registry (with sample images when asked and not there yet) and makes sure it has an account. */
  start: procedure.input(localRegistryStart).output(startedLocalRegistry),
  stop: procedure.output(localRegistryState),
  /** A running one starts again with the options given. */
  change: procedure.input(localRegistryOptions.partial()).output(localRegistryState),
  /** What its folder takes on the disk, and for what: looks at every file, also where it does not run. */
  usage: procedure.output(localRegistryUsage),
  /** What a garbage collection would take; touches nothing. The user confirms this plan, which cannot be taken back. */
  planCollection: procedure.input(collectionRequest).output(collectPlan),
  /** Puts the password into the system's clipboard: it never comes to the renderer. */
  copyPassword: procedure.output(nothing),
};
