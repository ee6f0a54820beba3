/** What images have installed, as far as somebody looked into them. */
export const packagesSchema = `
CREATE TABLE package_names (id INTEGER PRIMARY KEY, type TEXT NOT NULL, name TEXT NOT NULL COLLATE NOCASE, UNIQUE (name, type)) STRICT;
-- The text of a name, by threes of its characters; names stay.
CREATE VIRTUAL TABLE package_text USING fts5 (name, content = '', tokenize = 'trigram');
CREATE TRIGGER package_names_text AFTER INSERT ON package_names
BEGIN INSERT INTO package_text (rowid, name) VALUES (new.id, new.name); END;
CREATE TABLE package_versions (
  id INTEGER PRIMARY KEY,
  name_id INTEGER NOT NULL REFERENCES package_names (id),
  version TEXT NOT NULL,
  UNIQUE (name_id, version)
) STRICT;
CREATE TABLE image_packages (
  package_id INTEGER NOT NULL REFERENCES package_versions (id),
  manifest_id INTEGER NOT NULL REFERENCES contents (id) ON DELETE CASCADE,
  PRIMARY KEY (package_id, manifest_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX image_packages_image ON image_packages (manifest_id);
-- Images that were looked into.
CREATE TABLE looked_into (
  manifest_id INTEGER PRIMARY KEY REFERENCES contents (id) ON DELETE CASCADE,
  source TEXT NOT NULL,
  packages INTEGER NOT NULL,
  -- Whether something of it could not be read: it may have more.
  partly INTEGER NOT NULL,
  -- Unix milliseconds.
  looked INTEGER NOT NULL
) STRICT;

-- What layers are without their compression, as configs state it.
CREATE TABLE layer_diffs (
  layer_id INTEGER NOT NULL REFERENCES contents (id) ON DELETE CASCADE,
  diff_id TEXT NOT NULL,
  PRIMARY KEY (layer_id, diff_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX layer_diffs_diff ON layer_diffs (diff_id);

-- What tags pointed at before they moved.
CREATE TABLE former_tags (
  manifest_id INTEGER NOT NULL REFERENCES contents (id) ON DELETE CASCADE,
  repository_id INTEGER NOT NULL REFERENCES repositories (id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  PRIMARY KEY (manifest_id, repository_id, name)
) STRICT, WITHOUT ROWID;
CREATE INDEX former_tags_repository ON former_tags (repository_id);
CREATE TRIGGER tags_left AFTER UPDATE OF manifest_id ON tags
WHEN old.manifest_id IS NOT NULL AND new.manifest_id IS NOT NULL AND old.manifest_id <> new.manifest_id BEGIN
  INSERT INTO former_tags VALUES (old.manifest_id, old.repository_id, old.name) ON CONFLICT DO NOTHING;
END;
`;
