import type { Database } from '../database/database.ts';
import { integer } from '../database/row.ts';

/** What the layers of an image are without their compression, where there is one for each: layers that registries do not keep are not known. */
export function writeDiffs(database: Database, image: number, diffIds: readonly string[]): void {
  const layers = database.all(
    'SELECT blob_id FROM manifest_blobs WHERE manifest_id = ? AND role = 1 ORDER BY position',
    image,
  );
  if (layers.length !== diffIds.length) return;
  for (const [at, layer] of layers.entries())
    database.run(
      'INSERT INTO layer_diffs VALUES (?, ?) ON CONFLICT DO NOTHING',
      integer(layer, 'blob_id'),
      diffIds[at] ?? '',
    );
}
