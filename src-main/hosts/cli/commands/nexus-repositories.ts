import type { AccessOverrides } from '../../../services/index.ts';
import { type ChangeFlags, confirm } from '../ask.ts';
import type { Context } from '../context.ts';
import { UsageError } from '../failures.ts';
import { print, printJson, report } from '../output.ts';
import { Table } from '../table.ts';

/** Adds registries that a stored account has found, those named or all that are new, with its sign-in. */
export async function addFound(
  context: Context,
  host: string,
  flags: ChangeFlags & { readonly add: string | true },
  access: AccessOverrides,
): Promise<void> {
  const { core, json, signal } = context;
  const registry = await context.registry(host, access);
  const account = core.accounts.list().find((each) => each.host === registry.host);
  if (!account) throw new UsageError(`There is no account for ${host}: wharfinger login ${host}`);
  const found = await core.products.foundRegistries(registry, { signal });
  const wanted = found.filter(({ name, state }) =>
    flags.add === true ? state === 'new' : name === flags.add,
  );
  if (wanted.length === 0) throw new UsageError('There is no registry that could be added.');
  const lines = new Table(['name', 'address', '']).lines(
    wanted.map(({ name, address, state }) => [name, address ?? '-', state]),
  );
  if (flags.plan) {
    if (json) await printJson({ host: registry.host, registries: wanted });
    else await print(lines);
    return;
  }
  if (!flags.yes || !json) report(lines);
  await confirm(`Add them with the sign-in of ${account.name}?`, flags, signal);
  const names = wanted.map(({ name }) => name);
  const added = await core.products.addRegistries(registry, { account: account.id, names }, { signal });
  if (json) await printJson({ host: registry.host, added: added.map(({ name, url }) => ({ name, url })) });
  else await print(added.map(({ name, url }) => `added ${name}: ${url}`));
}
