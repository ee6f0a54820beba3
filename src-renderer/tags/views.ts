/** Rows of a repository's page: images with their tags, or tags. */
export const TAG_VIEWS = ['images', 'tags'] as const;
export type TagView = (typeof TAG_VIEWS)[number];
