import type { ManifestFacts } from '../../common/facts.ts';
import type { Failure } from '../../common/failure.ts';
import type { Database } from '../database/database.ts';
import { integer, optionalText, type Row, text } from '../database/row.ts';
import { inSlices } from '../database/slices.ts';
import { writeDiffs } from './layer-diffs.ts';
import { isNewer } from './sums.ts';

/** Configs written in one transaction. */
const CONFIGS_AT_ONCE = 100;

/** What only the config of an image says. */
export interface ConfigFacts extends Pick<ManifestFacts, 'created' | 'platforms'> {
  /** Of the config. */
  digest: string;
  /** Of the layers without their compression, the lowest first. */
  diffIds?: readonly string[];
}

/** One that could not be read. */
export interface UnreadConfig {
  digest: string;
  failure: Failure;
  /** Unix milliseconds. */
  asked: number;
}

/** When images were made and for what: it may come later than their manifests. The newer date counts, as where both are read at once. */
export class Configs {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** They were read: true of each image that has them. */
  *configs(configs: readonly ConfigFacts[]): Generator<void, void, void> {
    yield* inSlices(configs, CONFIGS_AT_ONCE, (some) =>
      this.#database.transaction(() => {
        for (const config of some) this.#write(config);
      }),
    );
  }

  /** One could not be read: it need not be asked for again at once. Unless the content is gone meanwhile. */
  unread({ digest, failure, asked }: UnreadConfig): void {
    this.#database.run(
      `INSERT INTO asked_configs SELECT id, ?, ? FROM contents WHERE digest = ?
       ON CONFLICT DO UPDATE SET asked = excluded.asked, failure = excluded.failure`,
      asked,
      JSON.stringify(failure),
      digest,
    );
  }

  /** @param had the row of the manifest */
  complete(id: number, had: Row, { created, platforms }: Omit<ConfigFacts, 'digest' | 'diffIds'>): void {
    const dated = created !== undefined && isNewer(created, optionalText(had, 'created'));
    const placed = text(had, 'platforms') === '[]' && platforms.length > 0;
    if (!dated && !placed) return;
    if (dated) this.#database.run('UPDATE manifests SET created = ? WHERE id = ?', created, id);
    if (placed)
      this.#database.run('UPDATE manifests SET platforms = ? WHERE id = ?', JSON.stringify(platforms), id);
    this.#database.run('INSERT OR IGNORE INTO pending_sums VALUES (?)', id);
  }

  #write({ digest, diffIds = [], ...facts }: ConfigFacts): void {
    const images = this.#database.all(
      `SELECT manifests.id, created, platforms FROM contents CROSS JOIN manifest_blobs ON blob_id = contents.id
       CROSS JOIN manifests ON manifests.id = manifest_id WHERE digest = ? AND role = 0 AND kind = 'image'`,
      digest,
    );
    for (const image of images) {
      this.complete(integer(image, 'id'), image, facts);
      writeDiffs(this.#database, integer(image, 'id'), diffIds);
    }
    if (facts.platforms.length === 0)
      this.#database.run(
        `INSERT INTO asked_configs SELECT id, 0, NULL FROM contents WHERE digest = ?
         ON CONFLICT DO UPDATE SET failure = NULL`,
        digest,
      );
    else
      this.#database.run(
        'DELETE FROM asked_configs WHERE content_id = (SELECT id FROM contents WHERE digest = ?)',
        digest,
      );
  }
}
