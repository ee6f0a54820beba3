/**
 * Content by digest alone, whoever served it, and apart from it which repository holds which manifest, under which media type.
 * What was cached before does not say where it came from: it is fetched again.
 */
export const manifestPlaces = `
DROP TABLE content;
CREATE TABLE content (
  id INTEGER PRIMARY KEY,
  -- Keeps a blob from being taken for a manifest (CVE-2021-41190).
  kind TEXT NOT NULL CHECK (kind IN ('manifest', 'blob')),
  digest TEXT NOT NULL,
  bytes BLOB NOT NULL,
  size INTEGER NOT NULL,
  -- Unix seconds, by the day; orders eviction.
  used INTEGER NOT NULL,
  UNIQUE (kind, digest)
) STRICT;
CREATE INDEX content_used ON content (used);

CREATE TABLE content_places (
  id INTEGER PRIMARY KEY,
  origin TEXT NOT NULL,
  repository TEXT NOT NULL,
  UNIQUE (origin, repository)
) STRICT;
-- A manifest that a repository was seen to hold, and the media type it was served under there.
CREATE TABLE held_manifests (
  content_id INTEGER NOT NULL REFERENCES content (id) ON DELETE CASCADE,
  place_id INTEGER NOT NULL REFERENCES content_places (id) ON DELETE CASCADE,
  media_type TEXT NOT NULL,
  PRIMARY KEY (content_id, place_id)
) STRICT, WITHOUT ROWID;
`;
