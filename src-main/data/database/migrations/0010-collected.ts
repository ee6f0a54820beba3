/** Set where a registry's garbage collection took what an operation could be taken back to. */
export const collected = `
ALTER TABLE operations ADD COLUMN collected INTEGER NOT NULL DEFAULT 0;
`;
