import { z } from 'zod';
import { account } from './account.ts';
import { accountId } from './ids.ts';

/** What a person decides of the embedded registry. */
export const localRegistryOptions = z.object({
  /** It asks for a user and password; without, every user and program of this machine may read and change its images. */
  signIn: z.boolean(),
  /** It answers to the names by which containers and virtual machines reach the machine they run on. */
  containers: z.boolean(),
  /** It takes an index whose manifests are not all there. */
  sparseIndexes: z.boolean(),
});
export type LocalRegistryOptions = z.infer<typeof localRegistryOptions>;

export const localRegistryState = z.object({
  running: z.boolean(),
  /** `http://127.0.0.1:PORT` while running. */
  url: z.string().exactOptional(),
  folder: z.string(),
  /** Another window or command of the same home runs it, and alone can stop or change it. */
  elsewhere: z.literal(true).exactOptional(),
  /** The account made for it, once it was started. */
  accountId: accountId.exactOptional(),
  options: localRegistryOptions,
  /** Whether the host can put its password into the system's clipboard. */
  copiesPassword: z.boolean(),
});
export type LocalRegistryState = z.infer<typeof localRegistryState>;

/** `samples`: with sample images, where they are not there yet. */
export const localRegistryStart = z.object({ samples: z.boolean() });

export const startedLocalRegistry = z.object({ state: localRegistryState, account });
