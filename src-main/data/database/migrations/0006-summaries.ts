/** What a list shows of a manifest, as read once in the repository that holds it. */
export const summaries = `
ALTER TABLE held_manifests ADD COLUMN summary TEXT;
`;
