/** One process asks another to stop an operation that it runs. */
export const stops = `
ALTER TABLE operations ADD COLUMN stop TEXT CHECK (stop IN ('paused', 'cancelled'));
`;
