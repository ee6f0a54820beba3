import { readFile } from 'node:fs/promises';
import { isAbsolute, resolve } from 'node:path';
import { type CleanupRules, type InUseSource, inUseKey, inUseSources } from '../../common/cleanup.ts';
import type { InUse } from '../../engine/index.ts';
import type { GivenRules } from '../core/cleanup.ts';
import { ServiceError } from '../errors.ts';
import { readInUse } from '../rules/in-use.ts';
import { kubernetesInUse } from '../rules/kubernetes.ts';

/** What is always in use, by the name that the rules are given for it. */
const ALWAYS = 'in use';

/**
 * What was read of each source that rules name for what is in use, by its key. One that is not at hand is left out: what would be in
 * use there stays.
 *
 * @throws ServiceError `invalidInput` for a file that cannot be read
 */
export async function readSources(
  rules: CleanupRules,
  { inUse, always = [], folder, kubeconfig }: GivenRules,
  { live, signal }: { /** Clusters are asked. */ live: boolean; signal: AbortSignal | undefined },
): Promise<ReadonlyMap<string, InUse>> {
  const given = new Map([...inUse, ...always].map(({ name, text }) => [name, text]));
  const found = new Map<string, InUse>();
  for (const source of inUseSources(rules)) {
    const key = inUseKey(source);
    const isAsked = live || typeof source === 'string';
    const text =
      given.get(key) ?? (isAsked ? await readSource(source, folder, { kubeconfig, signal }) : undefined);
    if (text !== undefined) found.set(key, await readInUse(text, signal));
  }
  return found;
}

/** Rules that keep what these sources say is in use before all else. */
export function keepingAlways(rules: CleanupRules, always: GivenRules['always'] = []): CleanupRules {
  if (always.length === 0) return rules;
  const entry = { name: ALWAYS, inUse: always.map(({ name }) => name) };
  return {
    ...rules,
    rules: rules.rules.map(({ keep = [], ...rule }) => ({ ...rule, keep: [entry, ...keep] })),
  };
}

/** Undefined where it is not known what a name is relative to. */
async function readSource(
  source: InUseSource,
  folder: string | undefined,
  how: Parameters<typeof kubernetesInUse>[1],
): Promise<string | undefined> {
  if (typeof source !== 'string') return await kubernetesInUse(source.kubernetes, how);
  const name = source;
  if (folder === undefined && !isAbsolute(name)) return undefined;
  try {
    return await readFile(resolve(folder ?? '/', name), 'utf8');
  } catch (cause) {
    throw new ServiceError('invalidInput', `${name}, which the rules name, could not be read.`, { cause });
  }
}
