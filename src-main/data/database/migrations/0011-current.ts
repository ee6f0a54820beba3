/** What runs, stopped or failed is found among however many operations are done. */
export const current = `
DROP INDEX operations_tray;
CREATE INDEX operations_status ON operations (status, started);
`;
