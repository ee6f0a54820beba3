import { eventIterator } from '@orpc/contract';
import { repositoryPlace } from '../common/place.ts';
import {
  foundPlaces,
  placeSearch,
  registryOverview,
  registryRequest,
  registryStatus,
  repositoryPage,
} from '../common/registry.ts';
import { knownImages, tagAnswer, tagPage, tagsRequest, untaggedManifests } from '../common/tag.ts';
import { procedure } from './base.ts';

export const catalog = {
  overview: procedure.input(registryRequest).output(registryOverview),
  /**
   * Whether it answers: a light request, one registry at a time, and none where it answered anything a moment ago. A registry that
   * does not answer is no failure of the call.
   */
  status: procedure.input(registryRequest).output(registryStatus),
  /**
   * Streams the repositories page by page in the registry's order, then the ones added by name that it did not list; what is known,
   * until the registry answers.
   */
  repositories: procedure.input(registryRequest).output(eventIterator(repositoryPage)),
  /** Streams tag names page by page, in the registry's order; what is known, until the registry answers. */
  tags: procedure.input(repositoryPlace).output(eventIterator(tagPage)),
  /**
   * Details of tags, each as soon as it is known and in no order. An unchanged tag costs one HEAD, and what is known of its digest
   * no more; where the registry is out of reach, the answer is what was known.
   */
  tagDetails: procedure.input(tagsRequest).output(eventIterator(tagAnswer)),
  /** What is known of all tags of a repository, by image and some at a time; asks no registry. */
  knownImages: procedure.input(repositoryPlace).output(eventIterator(knownImages)),
  /** Streams manifests that no tag points at, some at a time; `unsupported` where the registry has no list of them. */
  untagged: procedure.input(repositoryPlace).output(eventIterator(untaggedManifests)),
  /** Repositories and tags seen so far, over all accounts, that contain every word; asks no registry. */
  search: procedure.input(placeSearch).output(foundPlaces),
};
