import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { isName } from '../grammar.ts';
import { ifPresent } from './files.ts';
import { componentOfFolder } from './paths.ts';
import { SortedNames } from './sorted-names.ts';

/** Folders read at once; more does not help four file threads. */
const READS_AT_ONCE = 16;

/** Walks the folder for the names of all repositories that hold a manifest. */
export async function loadCatalog(root: string): Promise<SortedNames> {
  const found: string[] = [];
  const waiting: { path: string; name: string }[] = [{ path: root, name: '' }];
  const visit = async ({ path, name }: { path: string; name: string }): Promise<void> => {
    const entries = (await ifPresent(readdir(path, { withFileTypes: true }))) ?? [];
    for (const entry of entries) {
      if (!entry.isDirectory()) continue;
      if (entry.name === '_manifests') found.push(name);
      if (entry.name.startsWith('_')) continue;
      const component = componentOfFolder(entry.name);
      waiting.push({ path: join(path, entry.name), name: name === '' ? component : `${name}/${component}` });
    }
  };
  while (waiting.length > 0) await Promise.all(waiting.splice(-READS_AT_ONCE).map(visit));
  return new SortedNames(found.filter(isName));
}
