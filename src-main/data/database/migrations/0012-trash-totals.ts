/** What the trash holds of each operation without reading it, and content that was kept so that it outlives a collection. */
export const trashTotals = `
CREATE TABLE trash_totals (
  operation_id TEXT PRIMARY KEY REFERENCES operations (id) ON DELETE CASCADE,
  manifests INTEGER NOT NULL,
  bytes INTEGER NOT NULL
) STRICT;
INSERT INTO trash_totals (operation_id, manifests, bytes)
  SELECT operation_id, count(*), sum(length(bytes)) FROM trash GROUP BY operation_id;
CREATE TRIGGER trash_takes_in AFTER INSERT ON trash BEGIN
  INSERT INTO trash_totals (operation_id, manifests, bytes) VALUES (NEW.operation_id, 1, length(NEW.bytes))
    ON CONFLICT DO UPDATE SET manifests = manifests + 1, bytes = bytes + length(NEW.bytes);
END;
CREATE TRIGGER trash_gives_up AFTER DELETE ON trash BEGIN
  UPDATE trash_totals SET manifests = manifests - 1, bytes = bytes - length(OLD.bytes)
    WHERE operation_id = OLD.operation_id;
  DELETE FROM trash_totals WHERE operation_id = OLD.operation_id AND manifests <= 0;
END;

-- Whether what it takes away is kept as a whole, blobs too, before it takes it.
ALTER TABLE operations ADD COLUMN keeps_content INTEGER NOT NULL DEFAULT 0;
-- The manifests and blobs of which the folder has a file, for each operation that needs it; one that none needs goes.
CREATE TABLE kept_content (
  operation_id TEXT NOT NULL REFERENCES operations (id) ON DELETE CASCADE,
  digest TEXT NOT NULL,
  size INTEGER NOT NULL,
  PRIMARY KEY (operation_id, digest)
) STRICT, WITHOUT ROWID;
CREATE INDEX kept_content_digest ON kept_content (digest, size);
`;
