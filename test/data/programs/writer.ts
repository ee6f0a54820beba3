/** One of several processes that write to the same home at once. Arguments: the folder and this writer's name. */
import path from 'node:path';
import { openDatabase, SettingsFile } from '../../../src-main/data/index.ts';

const [folder = '', name = ''] = process.argv.slice(2);
const { database, cache } = await openDatabase(path.join(folder, 'wharfinger.db'));
const file = new SettingsFile({ folder, exclusively: (work) => database.transaction(work) });
for (let row = 0; row < 50; row++) {
  database.run('INSERT INTO repositories VALUES (NULL, ?, ?, 1)', name, `repository-${row}`);
  if (row % 5 === 0) file.update((content) => content.settings.approvedHosts.push(`${name}-${row}.test`));
}
database.close();
cache.close();
