import type { DeletionSummary } from '../../common/deletion.ts';
import { type DeletionPlanData, planDeletion } from '../../engine/index.ts';
import type { Reporting } from '../core/deletion.ts';
import type { RegistryHandle } from '../types.ts';

type Request = Parameters<typeof planDeletion>[3];

/**
 * A plan that takes nothing of `kept` along and breaks nothing of it, whatever anyone consents to: tags whose deletion would are
 * left out of it and reported. It may have nothing left to do.
 *
 * @throws {RegistryError} as `planDeletion`
 */
export async function planSparing(
  { identification, reader }: RegistryHandle,
  repository: string,
  request: Request,
  kept: ReadonlySet<string>,
  options: { signal?: AbortSignal | undefined; report?: Reporting | undefined },
): Promise<{ data: DeletionPlanData; spared: DeletionSummary['spared'] }> {
  const registry = await identification.registry({ signal: options.signal });
  const spared: DeletionSummary['spared'] = [];
  for (let { tags } = request; ; ) {
    const data = await planDeletion(registry, reader, repository, { ...request, tags }, options);
    const endangering = tagsEndangering(data, kept);
    if (endangering.size === 0) return { data, spared };
    for (const [tag, along] of endangering) spared.push({ tag, along });
    tags = tags.filter((tag) => !endangering.has(tag));
  }
}

/** The tags of a plan whose deletion would take or break what must stay, each with that. */
function tagsEndangering(
  { asked, manifests }: DeletionPlanData,
  kept: ReadonlySet<string>,
): Map<string, string[]> {
  const wanted = new Set(asked);
  const found = new Map<string, string[]>();
  for (const { tags, indexes } of manifests) {
    const hurt = [...tags, ...indexes.flatMap((index) => index.tags)].filter((tag) => kept.has(tag));
    if (hurt.length === 0) continue;
    const named = tags.filter((tag) => wanted.has(tag));
    // What no tag that was asked for points at goes along with one of them; which, the plan does not say.
    for (const tag of named.length > 0 ? named : asked) found.set(tag, [...new Set(hurt)]);
  }
  return found;
}
