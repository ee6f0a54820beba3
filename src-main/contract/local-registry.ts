import { z } from 'zod';
import { account } from './accounts.ts';
import { accountId, procedure } from './base.ts';

const localRegistryState = z.object({
  running: z.boolean(),
  /** `http://127.0.0.1:PORT` while running. */
  url: z.string().optional(),
  folder: z.string(),
  /** The account that stands for it, once it was started. */
  accountId: accountId.optional(),
});

export const localRegistry = {
  state: procedure.output(localRegistryState),
  /** Starts the embedded registry (with sample images when asked and not there yet) and makes sure it has an account. */
  start: procedure
    .input(z.object({ samples: z.boolean() }))
    .output(z.object({ state: localRegistryState, account })),
  stop: procedure.output(localRegistryState),
};
