import type { AccessOverrides } from '../../../services/index.ts';
import type { Context } from '../context.ts';
import { CommandFailure } from '../failures.ts';
import { print, printJson, warn } from '../output.ts';

const REFUSED = {
  forbidden: { code: 'denied', message: 'The registry does not allow listing its repositories.' },
  missing: { code: 'unsupported', message: 'The registry has no list of its repositories.' },
} as const;

/** `ls HOST`: prints names as they come. */
export async function ls(context: Context, host: string, access: AccessOverrides): Promise<void> {
  const { core, json, signal } = context;
  const registry = await context.registry(host, access);
  const repositories: string[] = [];
  let count = 0;
  let listing: keyof typeof REFUSED | 'complete' = 'complete';
  for await (const page of core.catalog.repositories(registry, { signal })) {
    listing = page.listing;
    count = page.count;
    const names = page.repositories.map(({ name }) => name);
    if (json) repositories.push(...names);
    else if (names.length > 0) await print(names);
  }
  if (listing !== 'complete') {
    if (count === 0) throw new CommandFailure(REFUSED[listing]);
    const { code, message } = REFUSED[listing];
    warn({ code, message: `${message} These were added by name.` });
  }
  if (json) await printJson({ host: registry.host, listing, repositories });
}
