/** Plans of every kind, what operations did to each tag, manifests kept by repository, and an audit record chained by hashes. */
export const plans = `
-- What an operation would do, between being shown and being confirmed.
CREATE TABLE plans (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  subject TEXT NOT NULL,
  summary TEXT NOT NULL,
  -- What its kind compares with the registry when it is started; JSON.
  basis TEXT,
  needs_consent INTEGER NOT NULL,
  -- The operation it takes back.
  undoes TEXT REFERENCES operations (id),
  made TEXT NOT NULL,
  -- Whether all its items are written.
  complete INTEGER NOT NULL DEFAULT 0,
  -- Number of items by state, and of those that become steps; JSON.
  counts TEXT NOT NULL DEFAULT '{}',
  acting INTEGER NOT NULL DEFAULT 0,
  -- The operation it became; the plan goes when all its steps are written.
  operation_id TEXT REFERENCES operations (id) ON DELETE CASCADE
) STRICT;
CREATE INDEX plans_operation ON plans (operation_id) WHERE operation_id IS NOT NULL;
CREATE TABLE plan_items (
  plan_id TEXT NOT NULL REFERENCES plans (id) ON DELETE CASCADE,
  number INTEGER NOT NULL,
  -- Also the step that it becomes, where it acts.
  item TEXT NOT NULL,
  state TEXT NOT NULL,
  acts INTEGER NOT NULL,
  PRIMARY KEY (plan_id, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX plan_items_state ON plan_items (plan_id, state, number);

-- Counted and paged by state without reading the steps themselves.
ALTER TABLE steps ADD COLUMN state TEXT GENERATED ALWAYS AS
  (CASE WHEN done IS NOT NULL THEN 'done' WHEN failure IS NOT NULL THEN 'failed' ELSE 'waiting' END) VIRTUAL;
CREATE INDEX steps_state ON steps (operation_id, state, number);

-- What a reference (a tag, or the digest of a manifest without one) pointed at before an operation, and points at after it;
-- NULL: it was not, or is not, there. Written before it is changed.
CREATE TABLE tag_changes (
  id INTEGER PRIMARY KEY,
  operation_id TEXT NOT NULL REFERENCES operations (id) ON DELETE CASCADE,
  repository TEXT NOT NULL,
  reference TEXT NOT NULL,
  before TEXT,
  after TEXT,
  -- What was there before could not be seen.
  blind INTEGER NOT NULL DEFAULT 0,
  UNIQUE (operation_id, repository, reference)
) STRICT;

CREATE TABLE trash_by_repository (
  operation_id TEXT NOT NULL REFERENCES operations (id) ON DELETE CASCADE,
  repository TEXT NOT NULL,
  digest TEXT NOT NULL,
  media_type TEXT NOT NULL,
  bytes BLOB NOT NULL,
  PRIMARY KEY (operation_id, repository, digest)
) STRICT;
INSERT INTO trash_by_repository (operation_id, repository, digest, media_type, bytes)
  SELECT operation_id, json_extract(subject, '$.place.repository'), digest, media_type, bytes
  FROM trash JOIN operations ON operations.id = operation_id
  WHERE iif(json_valid(subject), json_type(subject, '$.place.repository'), NULL) = 'text';
-- What earlier versions deleted can be taken back as before: each tag and each manifest in the trash.
INSERT INTO tag_changes (operation_id, repository, reference, before)
  SELECT trash.operation_id, repository, ifnull(tag.value, trash.digest), trash.digest
  FROM trash JOIN trash_by_repository AS kept USING (operation_id, digest)
    LEFT JOIN json_each(iif(json_valid(trash.tags), trash.tags, '[]')) AS tag
  WHERE EXISTS (SELECT 1 FROM steps WHERE steps.operation_id = trash.operation_id
                AND result IN ('touched', 'deleted', 'gone'))
  ORDER BY trash.operation_id, trash.position, tag.key
  ON CONFLICT DO NOTHING;
DROP TABLE trash;
ALTER TABLE trash_by_repository RENAME TO trash;

-- SHA-256 over the hash of the row before and this row; NULL in rows that were there before there were hashes.
ALTER TABLE audit ADD COLUMN hash TEXT;
`;
