import type { Account } from '../../../common/account.ts';
import { accountsAt } from '../accounts-at.ts';
import type { Context } from '../context.ts';
import { print, printJson } from '../output.ts';

/** `accounts lock HOST`, `accounts unlock HOST`: all accounts of a registry. */
export async function lockRegistry(context: Context, host: string, readOnly: boolean): Promise<void> {
  const { core, json } = context;
  const changed = accountsAt(context, host, 'locks').map(({ id }) => core.accounts.setReadOnly(id, readOnly));
  if (json) await printJson({ accounts: changed.map(documentOf) });
  else await print(changed.map(({ name }) => `${name}: ${readOnly ? 'read-only' : 'may be changed'}`));
}

/** `accounts protect HOST PATTERN…`: for all accounts of a registry; without a pattern those that are set. */
export async function protectTags(
  context: Context,
  host: string,
  patterns: readonly string[],
  remove: boolean,
): Promise<void> {
  const { core, json } = context;
  const named = new Set(patterns);
  const changed = accountsAt(context, host, 'locks').map((account) => {
    if (named.size === 0) return account;
    const kept = (account.protectedTags ?? []).filter((pattern) => !named.has(pattern));
    return core.accounts.protectTags(account.id, remove ? kept : [...kept, ...named]);
  });
  const now = [...new Set(changed.flatMap(({ protectedTags = [] }) => protectedTags))];
  if (json) await printJson({ accounts: changed.map(documentOf) });
  else await print(now.length === 0 ? 'No tags are protected.' : now);
}

function documentOf({ id, name, host, readOnly, protectedTags = [] }: Account): object {
  return { id, name, host, readOnly, protectedTags };
}
