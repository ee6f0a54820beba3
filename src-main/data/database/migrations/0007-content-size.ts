/** The size of all content is summed up from an index of some bytes each, not by reading the content. */
export const contentSize = `
DROP INDEX content_used;
CREATE INDEX content_used ON content (used, size);
`;
