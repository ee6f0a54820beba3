import type { Account } from '../../common/account.ts';
import type { FoundRegistry } from '../../common/product-said.ts';
import type { AccountsService } from '../core/accounts.ts';
import type { ProductRegistries } from '../core/products.ts';
import { ServiceError } from '../errors.ts';
import type { CallOptions, RegistryHandle } from '../types.ts';
import { resourceOf, resourcesOf } from './abilities.ts';

/** What registries manage that are registries themselves. */
export const productRegistries = (accounts: AccountsService): ProductRegistries => ({
  foundRegistries: (registry, options) => foundRegistries(registry, accounts.list(), options),
  addRegistries: (registry, wanted, options) => addFound(accounts, registry, wanted, options),
});

/**
 * Registries that one manages beside itself, each at an address of its own: Nexus' repositories with a port or a subdomain.
 *
 * @throws ServiceError `unsupported` where its product has none; RegistryError
 */
async function foundRegistries(
  registry: RegistryHandle,
  accounts: readonly Account[],
  { signal }: CallOptions = {},
): Promise<FoundRegistry[]> {
  const own = registry.client.url;
  const found: FoundRegistry[] = [];
  for await (const page of (await resourcesOf(registry, 'repository', { signal })).list({}, signal))
    for (const { name, fields } of page.map(resourceOf)) {
      const address = typeof fields.url === 'string' ? fields.url : undefined;
      const state = stateOf(address, own, accounts);
      found.push({ name, ...(address === undefined ? {} : { address }), state });
    }
  return found;
}

function stateOf(
  address: string | undefined,
  own: URL,
  accounts: readonly Account[],
): FoundRegistry['state'] {
  const url = address !== undefined && URL.canParse(address) ? new URL(address) : undefined;
  if (!url) return 'none';
  if (url.origin === own.origin) return 'here';
  // The sign-in goes to the registry's own host and below it, and from https to no plain http.
  const within = url.hostname === own.hostname || url.hostname.endsWith(`.${own.hostname}`);
  if (!within) return 'none';
  if (own.protocol === 'https:' && url.protocol === 'http:') return 'plainHttp';
  return accounts.some((account) => new URL(account.url).origin === url.origin) ? 'added' : 'new';
}

/** Adds those of these names with the sign-in of the account that found them. @throws ServiceError `invalidInput`; RegistryError */
async function addFound(
  accounts: Pick<AccountsService, 'list' | 'addBeside'>,
  registry: RegistryHandle,
  { account, names }: { account: string; names: readonly string[] },
  { signal }: CallOptions = {},
): Promise<Account[]> {
  const found = await foundRegistries(registry, accounts.list(), { signal });
  const wanted = names.map((name) => {
    const one = found.find((each) => each.name === name && each.state === 'new');
    if (one?.address === undefined)
      throw new ServiceError('invalidInput', `${name} is no registry that could be added.`);
    return { name, address: one.address };
  });
  const added: Account[] = [];
  for (const { name, address } of wanted)
    added.push(await accounts.addBeside(account, { name, url: address }));
  return added;
}
