/** What a list shows of a repository beside its totals: worked out in outlines.ts where it is asked for, and kept until it changes. */
export const outlinesSchema = `
-- Manifests that tags are on, what these are (a list with commas), and the newest of them with its date and one of its tags. Tags of
-- what is attached to others are left out.
ALTER TABLE repositories ADD COLUMN images INTEGER NOT NULL DEFAULT 0;
ALTER TABLE repositories ADD COLUMN kinds TEXT NOT NULL DEFAULT '';
ALTER TABLE repositories ADD COLUMN newest_image TEXT;
ALTER TABLE repositories ADD COLUMN newest_tag TEXT;

-- Repositories of which these are to be worked out again. The stamp is another one after each change.
CREATE TABLE pending_outlines (
  repository_id INTEGER PRIMARY KEY REFERENCES repositories (id) ON DELETE CASCADE,
  stamp INTEGER NOT NULL
) STRICT;
INSERT INTO pending_outlines SELECT id, 0 FROM repositories WHERE tags > 0;

CREATE TRIGGER outline_tag_added AFTER INSERT ON tags WHEN new.manifest_id IS NOT NULL BEGIN
  INSERT INTO pending_outlines VALUES (new.repository_id, random() >> 12) ON CONFLICT DO UPDATE SET stamp = excluded.stamp;
END;
CREATE TRIGGER outline_tag_moved AFTER UPDATE OF manifest_id ON tags WHEN old.manifest_id IS NOT new.manifest_id BEGIN
  INSERT INTO pending_outlines VALUES (new.repository_id, random() >> 12) ON CONFLICT DO UPDATE SET stamp = excluded.stamp;
END;
CREATE TRIGGER outline_tag_removed AFTER DELETE ON tags WHEN old.manifest_id IS NOT NULL BEGIN
  INSERT INTO pending_outlines SELECT id, random() >> 12 FROM repositories WHERE id = old.repository_id
    ON CONFLICT DO UPDATE SET stamp = excluded.stamp;
END;
CREATE TRIGGER outline_manifest_known AFTER INSERT ON manifests BEGIN
  INSERT INTO pending_outlines SELECT DISTINCT repository_id, random() >> 12 FROM tags WHERE manifest_id = new.id
    ON CONFLICT DO UPDATE SET stamp = excluded.stamp;
END;
CREATE TRIGGER outline_manifest_changed AFTER UPDATE OF kind, newest ON manifests
WHEN old.kind IS NOT new.kind OR old.newest IS NOT new.newest BEGIN
  INSERT INTO pending_outlines SELECT DISTINCT repository_id, random() >> 12 FROM tags WHERE manifest_id = new.id
    ON CONFLICT DO UPDATE SET stamp = excluded.stamp;
END;
`;

/** A repository's last push, where a product says when manifests were pushed. */
export const pushesSchema = `
ALTER TABLE repositories ADD COLUMN last_push TEXT;
CREATE TRIGGER outline_manifest_pushed AFTER UPDATE OF pushed ON repository_manifests
WHEN old.pushed IS NOT new.pushed BEGIN
  INSERT INTO pending_outlines VALUES (new.repository_id, random() >> 12) ON CONFLICT DO UPDATE SET stamp = excluded.stamp;
END;
INSERT OR IGNORE INTO pending_outlines
  SELECT DISTINCT repository_id, random() >> 12 FROM repository_manifests WHERE pushed IS NOT NULL;
`;
