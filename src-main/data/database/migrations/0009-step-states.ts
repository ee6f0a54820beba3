/**
 * The state of a step as a column of its own: SQLite counts and pages by it without reading the steps, which it does not do with a
 * generated one. The tray finds what it shows among however many operations.
 */
export const stepStates = `
DROP INDEX steps_state;
ALTER TABLE steps DROP COLUMN state;
ALTER TABLE steps ADD COLUMN state TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'done', 'failed'));
UPDATE steps SET state = iif(done IS NULL, 'failed', 'done') WHERE done IS NOT NULL OR failure IS NOT NULL;
CREATE INDEX steps_state ON steps (operation_id, state, number);
CREATE INDEX operations_tray ON operations (started) WHERE dismissed = 0;
`;
