/** What images are looked into for: their packages, or all files of their layers. */
export const unfinishedReading = `
ALTER TABLE unfinished_looks ADD COLUMN what TEXT NOT NULL DEFAULT 'packages';
`;
