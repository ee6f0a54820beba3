import { z } from 'zod';
import { RegistryError } from '../../errors.ts';
import type { ProductApi } from '../../product/product-api.ts';
import type { RegistrySelf, SelfDescription } from '../../product/said.ts';
import { nexusJson } from './api.ts';

const checks = z.record(
  z.string(),
  z.object({ healthy: z.boolean(), message: z.string().nullish().catch(undefined) }),
);
const readOnly = z.object({ frozen: z.boolean() });

/** Health by its parts and whether it takes writes, as far as this account may know. @see help.sonatype.com, "Status API", "Read-Only API" */
export const selfDescription = (api: ProductApi): SelfDescription => ({
  async describe(signal) {
    const unread: string[] = [];
    const orUnread = async <T>(path: string, schema: z.ZodType<T>): Promise<T | undefined> => {
      try {
        return await nexusJson(api, path, schema, signal);
      } catch (error) {
        if (!(error instanceof RegistryError) || error.status === undefined) throw error;
        unread.push(error.request);
        return undefined;
      }
    };
    const found = await orUnread('/status/check', checks);
    const state = await orUnread('/read-only', readOnly);
    const health: RegistrySelf['health'] = Object.entries(found ?? {}).map(
      ([name, { healthy, message }]) => ({
        name,
        healthy,
        ...(message ? { reason: message } : {}),
      }),
    );
    return { health, statistics: {}, unread, ...(state ? { readOnly: state.frozen } : {}) };
  },
});
