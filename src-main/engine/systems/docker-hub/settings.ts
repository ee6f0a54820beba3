import { RE2JS } from 're2js';
import { z } from 'zod';
import { RegistryError } from '../../errors.ts';
import type { ProductApi } from '../../product/product-api.ts';
import { repositoryPath } from './api.ts';

const SETTINGS_BYTES_MAX = 1024 * 1024;
const RULE_MAX = 1_000;

export const hubRepository = z.object({
  name: z.string().min(1),
  namespace: z.string().min(1),
  description: z.string().nullish().catch(undefined),
  full_description: z.string().nullish().catch(undefined),
  is_private: z.boolean().optional().catch(undefined),
  pull_count: z.number().int().nonnegative().optional().catch(undefined),
  star_count: z.number().int().nonnegative().optional().catch(undefined),
  last_updated: z.string().nullish().catch(undefined),
  permissions: z.object({ write: z.boolean(), admin: z.boolean() }).optional().catch(undefined),
  immutable_tags_settings: z
    .object({ enabled: z.boolean(), rules: z.array(z.string().max(RULE_MAX)).max(1_000) })
    .nullish()
    .catch(undefined),
});
export type HubRepository = z.infer<typeof hubRepository>;

/** @see Docker Hub API reference, "Get repository in a namespace" */
export function readRepository(
  api: ProductApi,
  repository: string,
  signal: AbortSignal | undefined,
): Promise<HubRepository> {
  const url = repositoryPath(repository);
  return api.json({ method: 'GET', url, signal }, hubRepository, { maxBytes: SETTINGS_BYTES_MAX });
}

/**
 * Whether a rule of the repository keeps a tag as it is: it may then neither move nor go. Rules are regular expressions, matched in
 * time that is linear whatever they are; one that cannot be read may keep any tag.
 *
 * @see docs.docker.com/docker-hub/repos/manage/hub-images/immutable-tags
 */
export async function immutableTags(
  api: ProductApi,
  repository: string,
  signal: AbortSignal | undefined,
): Promise<(tag: string) => boolean> {
  let found: HubRepository;
  try {
    found = await readRepository(api, repository, signal);
  } catch (error) {
    // Not said to this account: then the registry refuses what a rule keeps.
    if (error instanceof RegistryError && error.status !== undefined) return () => false;
    throw error;
  }
  const { enabled = false, rules = [] } = found.immutable_tags_settings ?? {};
  if (!enabled) return () => false;
  const tests = rules.map(compiled);
  return (tag) => tests.some((test) => test(tag));
}

function compiled(rule: string): (tag: string) => boolean {
  try {
    const expression = RE2JS.compile(rule);
    return (tag) => expression.test(tag);
  } catch {
    return () => true;
  }
}
