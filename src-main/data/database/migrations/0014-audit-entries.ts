/** Audit entries that say whose account, which machine and which registry; chained over their canonical JSON; found by what they are about. */
export const auditEntries = `
-- 2: hashed over its canonical JSON; NULL: as earlier versions wrote it, whose rows stay as they are.
ALTER TABLE audit ADD COLUMN form INTEGER CHECK (form = 2);
ALTER TABLE audit ADD COLUMN previous TEXT;
ALTER TABLE audit ADD COLUMN machine TEXT;
-- JSON: its id, its name and its user there.
ALTER TABLE audit ADD COLUMN account TEXT;
-- Of the registry that is changed: host[:port].
ALTER TABLE audit ADD COLUMN registry TEXT;
ALTER TABLE audit ADD COLUMN kind TEXT;
ALTER TABLE audit ADD COLUMN what TEXT;
-- By what rows are looked for: of earlier ones, which said it in their detail only, as well.
ALTER TABLE audit ADD COLUMN about TEXT GENERATED ALWAYS AS
  (coalesce(kind, iif(json_valid(detail), json_extract(detail, '$.subject.kind'), NULL))) VIRTUAL;
ALTER TABLE audit ADD COLUMN place TEXT GENERATED ALWAYS AS
  (coalesce(registry, iif(json_valid(detail),
     coalesce(json_extract(detail, '$.subject.target.host'), json_extract(detail, '$.subject.place.host')), NULL))) VIRTUAL;
CREATE INDEX audit_operation ON audit (operation_id, event);
-- A row for each change: what began an operation, and all that is none.
CREATE INDEX audit_begun ON audit (about, place, who, at, operation_id) WHERE operation_id = '' OR event = 'started';
`;
