/**
 * INSERT OR REPLACE deletes the row in the way without asking the triggers that refuse a DELETE: a row that is there cannot be
 * added again. @see https://sqlite.org/lang_conflict.html, "REPLACE"
 */
export const auditRows = `
CREATE TRIGGER audit_adds_rows BEFORE INSERT ON audit WHEN EXISTS (SELECT 1 FROM audit WHERE id = NEW.id)
BEGIN SELECT RAISE(ABORT, 'the audit record is not changed'); END;
`;
