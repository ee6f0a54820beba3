import type { RepositoryStorage } from '../../src-main/common/storage.ts';

/** Whether its tags were ever listed: before that none are counted, which says nothing. */
export const areTagsKnown = ({ tags, complete }: RepositoryStorage): boolean => complete || tags > 0;

/** Whether anything behind its tags was seen. */
export const isSizeKnown = ({ manifests, complete }: RepositoryStorage): boolean => complete || manifests > 0;
