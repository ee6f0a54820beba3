import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { accountId } from '../common/ids.ts';
import { repositoryPlace, tagName } from '../common/place.ts';
import { foundPlaces, registryOverview, repositoryPage } from '../common/registry.ts';
import { tagAnswer, tagPage } from '../common/tag.ts';
import { procedure } from './base.ts';

export const catalog = {
  overview: procedure.input(z.object({ accountId })).output(registryOverview),
  /** Streams the repositories page by page in the registry's order, then the ones added by name that it did not list. */
  repositories: procedure.input(z.object({ accountId })).output(eventIterator(repositoryPage)),
  /** Streams tag names page by page, in the registry's order. */
  tags: procedure.input(repositoryPlace).output(eventIterator(tagPage)),
  /**
   * Details of tags, each as soon as it is known and in no order. An unchanged tag costs one HEAD; manifests and configs are
   * cached by digest for good.
   */
  tagDetails: procedure
    .input(repositoryPlace.extend({ tags: z.array(tagName).min(1).max(1000) }))
    .output(eventIterator(tagAnswer)),
  /** Repositories and tags seen so far, over all accounts, that contain every word; asks no registry. */
  search: procedure
    .input(z.object({ text: z.string().max(300), limit: z.number().int().min(1).max(200) }))
    .output(foundPlaces),
};
