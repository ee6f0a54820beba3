import { z } from 'zod';
import type { JobItem } from '../../engine/index.ts';
import { protectionOf } from '../operations/locks.ts';
import type { RegistryHandle } from '../types.ts';

/** Tags that a dry run names as going, by repository: kept with a plan, so that they are looked at again when it is started. */
export const goingTags = z.array(z.object({ repository: z.string(), tags: z.array(z.string()) }));
export type GoingTags = z.infer<typeof goingTags>;

/** @param project that the work is about */
export function goingOf(items: readonly JobItem[], project: string | undefined): GoingTags {
  return items.flatMap(({ goes }) => {
    if (!goes || goes.tags.length === 0) return [];
    const { repository, tags } = goes;
    return [{ repository: project === undefined ? repository : `${project}/${repository}`, tags: [...tags] }];
  });
}

/**
 * The registry would delete them itself, where no step of ours can be held back: a run that takes a protected tag is not begun.
 *
 * @throws ServiceError `protectedTag`
 */
export function checkGoing({ protects }: RegistryHandle, going: GoingTags): void {
  const changes = going.flatMap(({ repository, tags }) =>
    // Which manifest it is on does not matter here.
    tags.map((tag) => ({ repository, tag, before: '', after: null })),
  );
  const locked = protectionOf(changes, protects);
  if (locked) throw locked;
}
