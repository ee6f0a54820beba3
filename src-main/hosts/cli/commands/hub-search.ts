import type { AccessOverrides } from '../../../services/index.ts';
import type { Context } from '../context.ts';
import { counted, print, printJson, report } from '../output.ts';
import { Table } from '../table.ts';

/** Public images of everybody that words find, the best match first. */
export async function searchPublic(
  context: Context,
  host: string,
  query: string,
  access: AccessOverrides,
): Promise<void> {
  const { core, json, signal } = context;
  const registry = await context.registry(host, access);
  const found = await core.products.search(registry, query, { signal });
  if (json) {
    await printJson({ host: registry.host, query, ...found });
    return;
  }
  const table = new Table(['name', 'by', 'stars', 'pulls', 'description'], [2]);
  await print(
    table.lines(
      found.results.map(({ name, mark, stars, pulls, description, archived }) => [
        name,
        mark ?? '-',
        String(stars ?? '-'),
        pulls ?? '-',
        `${archived ? '(archived) ' : ''}${description ?? ''}`,
      ]),
    ),
  );
  if (found.total > found.results.length)
    report(`${counted(found.total - found.results.length, 'more image')} found: say more words.`);
}
