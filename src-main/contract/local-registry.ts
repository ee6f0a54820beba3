import { z } from 'zod';
import { account } from '../common/account.ts';
import { localRegistryOptions, localRegistryState } from '../common/local-registry.ts';
import { procedure } from './base.ts';

export const localRegistry = {
  state: procedure.output(localRegistryState),
  /** Starts the embedded registry (with sample images when asked and not there yet) and makes sure it has an account. */
  start: procedure
    .input(z.object({ samples: z.boolean() }))
    .output(z.object({ state: localRegistryState, account })),
  stop: procedure.output(localRegistryState),
  /** A running one starts again with the options given. */
  change: procedure.input(localRegistryOptions.partial()).output(localRegistryState),
  /** Puts the password into the system's clipboard: it never comes to the renderer. */
  copyPassword: procedure.output(z.void()),
};
