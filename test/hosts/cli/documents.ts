import { z } from 'zod';
import type { GuardedRegistry } from '../../support/local-registry.ts';
import { plainRequest } from '../../support/push.ts';

export const digest = z.string().regex(/^sha256:[0-9a-f]{64}$/);

/** An error among other things. */
export const failureDocument = z.strictObject({
  code: z.string(),
  message: z.string(),
  reason: z.string().nullable(),
  object: z.string().nullable(),
});

/** Layers that stay where they are. */
export const leftOutDocument = z.strictObject({
  count: z.int(),
  bytes: z.int(),
  hosts: z.array(z.string()),
});

export const copyDocument = z.strictObject({
  source: z.string(),
  target: z.string(),
  digest,
  unchanged: z.boolean(),
  attached: z.int(),
  leftOut: leftOutDocument,
  bytesSent: z.int(),
  bytesMounted: z.int(),
  bytesPresent: z.int(),
  seconds: z.number().nonnegative(),
  operation: z.uuid().nullable(),
});

export function hostOf(registry: GuardedRegistry): string {
  return new URL(registry.url).host;
}

export async function tagsOf(registry: GuardedRegistry, repository: string): Promise<string[]> {
  const { status, body } = await plainRequest(registry, `/v2/${repository}/tags/list`);
  return status === 404 ? [] : JSON.parse(body.toString()).tags;
}

/**
 * Methods of the requests that changed something. Finding out whether a registry can delete asks it to delete what cannot
 * exist, which it refuses.
 */
export function changes(registry: GuardedRegistry): string[] {
  const done = registry.requests.filter(({ method, status }) => !/^(GET|HEAD)$/.test(method) && status < 400);
  return done.map(({ method }) => method);
}
