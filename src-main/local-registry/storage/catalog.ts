import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { isName } from '../grammar.ts';
import { ifPresent } from './files.ts';
import { componentOfFolder } from './paths.ts';
import { SortedNames } from './sorted-names.ts';

/** Folders read at once; more does not help four file threads. */
const READS_AT_ONCE = 16;

const PARTS: readonly string[] = ['_manifests', '_layers', '_tags'];

/** The names of all repositories that hold a manifest. */
export async function loadCatalog(root: string): Promise<SortedNames> {
  return new SortedNames(await repositoriesWith(['_manifests'], root));
}

/** The names of all repositories of which there is anything. */
export async function allRepositories(root: string): Promise<string[]> {
  return [...new Set(await repositoriesWith(PARTS, root))];
}

async function repositoriesWith(parts: readonly string[], root: string): Promise<string[]> {
  const found: string[] = [];
  const waiting: { path: string; name: string }[] = [{ path: root, name: '' }];
  const visit = async ({ path, name }: { path: string; name: string }): Promise<void> => {
    const entries = (await ifPresent(readdir(path, { withFileTypes: true }))) ?? [];
    for (const entry of entries) {
      if (!entry.isDirectory()) continue;
      if (parts.includes(entry.name)) found.push(name);
      if (entry.name.startsWith('_')) continue;
      const component = componentOfFolder(entry.name);
      waiting.push({ path: join(path, entry.name), name: name === '' ? component : `${name}/${component}` });
    }
  };
  while (waiting.length > 0) await Promise.all(waiting.splice(-READS_AT_ONCE).map(visit));
  return found.filter(isName);
}
