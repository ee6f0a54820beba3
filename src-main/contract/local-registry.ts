import { z } from 'zod';
import { accountId } from '../common/ids.ts';
import { account } from './accounts.ts';
import { procedure } from './base.ts';

const localRegistryOptions = z.object({
  /** It asks for a user and password; without, every user and program of this machine may read and change its images. */
  signIn: z.boolean(),
  /** It answers to the names by which containers and virtual machines reach the machine they run on. */
  containers: z.boolean(),
  /** It takes an index whose manifests are not all there. */
  sparseIndexes: z.boolean(),
});

const localRegistryState = z.object({
  running: z.boolean(),
  /** `http://127.0.0.1:PORT` while running. */
  url: z.string().optional(),
  folder: z.string(),
  /** Another window or command runs it, and alone can stop or change it. */
  elsewhere: z.literal(true).optional(),
  /** The account that stands for it, once it was started. */
  accountId: accountId.optional(),
  options: localRegistryOptions,
  /** Whether its password can be put into the clipboard from here. */
  copiesPassword: z.boolean(),
});

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
