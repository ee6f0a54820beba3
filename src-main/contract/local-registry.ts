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
  /** Puts the password into the system's clipboard: it never comes to the renderer. */
  copyPassword: procedure.output(nothing),
};
