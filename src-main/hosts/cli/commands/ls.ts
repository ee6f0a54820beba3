import type { RepositoryPage } from '../../../common/registry.ts';
import type { AccessOverrides } from '../../../services/index.ts';
import type { Context } from '../context.ts';
import { CommandFailure } from '../failures.ts';
import { print, printJson, warn } from '../output.ts';

const REFUSED = {
  forbidden: { code: 'denied', message: 'The registry does not allow listing its repositories.' },
  missing: { code: 'unsupported', message: 'The registry does not list its repositories.' },
} as const;

const REASON = 'The name is against the grammar of repository names: nothing can be asked about it.';
const UNUSABLE = 'The registry lists names against the grammar, which cannot be used:';
/** Of those, named in a line. */
const NAMED = 10;

/** `ls HOST`: prints names as they come. */
export async function ls(context: Context, host: string, access: AccessOverrides): Promise<void> {
  const { core, json, signal } = context;
  const registry = await context.registry(host, access);
  const repositories: string[] = [];
  let count = 0;
  let listing: RepositoryPage['listing'] = 'complete';
  const unusable: string[] = [];
  for await (const page of core.catalog.repositories(registry, { signal })) {
    listing = page.listing;
    count = page.count;
    unusable.push(...(page.unusable ?? []));
    const names = page.repositories.map(({ name }) => name);
    if (json) repositories.push(...names);
    else if (names.length > 0) await print(names);
  }
  if (unusable.length > 0) warn({ code: 'invalidResponse', message: `${UNUSABLE} ${shortList(unusable)}` });
  if (listing === 'forbidden' || listing === 'missing') {
    if (count === 0) throw new CommandFailure(REFUSED[listing]);
    const { code, message } = REFUSED[listing];
    warn({ code, message: `${message} These were added by name.` });
  }
  if (json)
    await printJson({
      host: registry.host,
      listing,
      repositories,
      ...(unusable.length > 0 && { unusable: unusable.map((name) => ({ name, reason: REASON })) }),
    });
  if (unusable.length > 0 && count === 0)
    throw new CommandFailure({
      code: 'invalidResponse',
      message: 'None of the names it lists can be used.',
    });
}

function shortList(names: readonly string[]): string {
  const more = names.length - NAMED;
  return `${names.slice(0, NAMED).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
