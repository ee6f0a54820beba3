import { RE2JS } from 're2js';
import { z } from 'zod';
import { RegistryError } from '../../errors.ts';
import type { ProductApi } from '../../product/product-api.ts';
import { repositoryPath } from './api.ts';

const SETTINGS_BYTES_MAX = 1024 * 1024;
const RULE_MAX = 1_000;
const EVERY_TAG = '.*';

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
  const tests = (immutableRules(found) ?? []).map(compiled);
  return (tag) => tests.some((test) => test(tag));
}

/** Undefined where it is not said. Where they are on without a rule, all tags are taken for kept: nothing says what else that means. */
export function immutableRules({
  immutable_tags_settings: found,
}: HubRepository): readonly string[] | undefined {
  if (!found) return undefined;
  if (!found.enabled) return [];
  return found.rules.length === 0 ? [EVERY_TAG] : found.rules;
}

/**
 * None: every tag may move and go again.
 *
 * @throws {RegistryError} `denied` to who is no administrator of the repository
 * @see Docker Hub API reference, "Update repository immutable tags"
 */
export async function setImmutableRules(
  api: ProductApi,
  repository: string,
  rules: readonly string[],
  signal: AbortSignal | undefined,
): Promise<void> {
  const reply = await api.request({
    method: 'PATCH',
    url: `${repositoryPath(repository)}/immutabletags`,
    headers: { accept: 'application/json', 'content-type': 'application/json' },
    body: JSON.stringify({ immutable_tags: rules.length > 0, immutable_tags_rules: rules }),
    expect: [200],
    signal,
  });
  await reply.dump();
}

function compiled(rule: string): (tag: string) => boolean {
  try {
    const expression = RE2JS.compile(rule);
    return (tag) => expression.test(tag);
  } catch {
    return () => true;
  }
}
