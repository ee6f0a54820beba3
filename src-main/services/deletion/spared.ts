import { z } from 'zod';
import type { DeletionSummary } from '../../common/deletion.ts';
import { type DeletionPlanData, planDeletion, type SeenHeads } from '../../engine/index.ts';
import type { Reporting } from '../core/deletion.ts';
import { ServiceError } from '../errors.ts';
import type { RegistryHandle } from '../types.ts';

type Request = Parameters<typeof planDeletion>[3];
/** Whether a tag must stay, whole. */
type Stays = (tag: string) => boolean;

/**
 * A plan that takes nothing along that is protected, immutable or of `kept`, and breaks nothing of it, whatever anyone consents to:
 * tags and digests whose deletion would are left out of it and reported. It may have nothing left to do.
 *
 * @param options `seen`: what was looked at for this plan already
 * @throws {RegistryError} as `planDeletion`
 */
export async function planSparing(
  { identification, reader, protects }: RegistryHandle,
  repository: string,
  request: Request,
  kept: ReadonlySet<string>,
  {
    seen = new Map(),
    ...options
  }: { seen?: SeenHeads; signal?: AbortSignal | undefined; report?: Reporting | undefined },
): Promise<{ data: DeletionPlanData; spared: DeletionSummary['spared'] }> {
  const registry = await identification.registry({ signal: options.signal });
  const isProtected: Stays = (tag) => protects(repository, tag);
  const stays: Stays = (tag) => kept.has(tag) || isProtected(tag);
  const spared: DeletionSummary['spared'] = request.tags
    .filter(isProtected)
    .map((tag) => ({ tag, along: [] }));
  let tags = request.tags.filter((tag) => !isProtected(tag));
  let { digests = [] } = request;
  for (;;) {
    const left = { ...request, tags, digests };
    const data = await planDeletion(registry, reader, repository, left, { ...options, seen });
    // The registry refuses what would touch these; it says which they are with its tags.
    const { immutable } = data;
    const refused = tags.filter((tag) => immutable.has(tag));
    if (refused.length > 0) {
      for (const tag of refused) spared.push({ tag, along: [], immutable: true });
      tags = tags.filter((tag) => !immutable.has(tag));
      continue;
    }
    const endangering = namesEndangering(data, (tag) => stays(tag) || immutable.has(tag));
    if (endangering.size === 0) return { data, spared };
    for (const [tag, along] of endangering) spared.push({ tag, along });
    tags = tags.filter((tag) => !endangering.has(tag));
    digests = digests.filter((digest) => !endangering.has(digest));
  }
}

/** The tags and digests of a plan whose deletion would take or break what must stay, each with that. */
function namesEndangering(
  { asked, manifests, unseen, unread, request: { digests = [] } }: DeletionPlanData,
  stays: Stays,
): Map<string, string[]> {
  const wanted = new Set(asked);
  const found = new Map<string, string[]>();
  // They may be on what goes, or hold it: that is not known.
  const doubtful = [...unseen, ...unread].filter(stays);
  for (const { digest, tags, indexes } of manifests) {
    const around = [...tags, ...indexes.flatMap((index) => index.tags)].filter(stays);
    const hurt = [...new Set([...around, ...doubtful])];
    if (hurt.length === 0) continue;
    const named = [...tags.filter((tag) => wanted.has(tag)), ...digests.filter((one) => one === digest)];
    // What nothing that was asked for names goes along with one of them; which, the plan does not say.
    for (const name of named.length > 0 ? named : [...asked, ...digests]) found.set(name, hurt);
  }
  return found;
}

/** Tags of a repository that a plan takes with manifests, breaks, or may break: a part of its basis. */
export const hurtTags = z.object({ repository: z.string(), tags: z.array(z.string()) });
export type HurtTags = z.infer<typeof hurtTags>;

export function hurtBy({ repository, manifests, unseen, unread }: DeletionPlanData): HurtTags {
  const around = manifests.flatMap(({ tags, indexes }) => [
    ...tags,
    ...indexes.flatMap((index) => index.tags),
  ]);
  const doubtful = manifests.length > 0 ? [...unseen, ...unread] : [];
  return { repository, tags: [...new Set([...around, ...doubtful])] };
}

/** Without those that were asked for: where one of these is protected by now, its own step says so, and the others go on. */
export function hurtBeside(data: DeletionPlanData): HurtTags[] {
  const asked = new Set(data.asked);
  const { repository, tags } = hurtBy(data);
  const others = tags.filter((tag) => !asked.has(tag));
  return others.length > 0 ? [{ repository, tags: others }] : [];
}

/** What is protected since a plan was made is not hurt by it. @throws ServiceError `planStale` */
export function checkHurt({ protects }: RegistryHandle, hurt: readonly HurtTags[]): void {
  for (const { repository, tags } of hurt) {
    const tag = tags.find((one) => protects(repository, one));
    if (tag !== undefined)
      throw new ServiceError(
        'planStale',
        `What it would take along, or break, is protected by now: ${repository}:${tag}.`,
      );
  }
}
