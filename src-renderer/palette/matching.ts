import type { Account } from '../../src-main/common/account.ts';

/** True where every word of the query is in one of the texts, whatever the case. */
export function matches(query: string, ...texts: readonly string[]): boolean {
  const haystack = texts.join('\n').toLowerCase();
  return query
    .toLowerCase()
    .split(/\s+/)
    .every((word) => haystack.includes(word));
}

export interface TypedPlace {
  account: Account;
  repository: string;
  /** Tag or digest. */
  reference?: string;
}

/**
 * The place a whole typed or pasted reference names, at a registry of the list: `host[:port]/repository[:tag][@digest]`. The main
 * side checks the grammar when it is opened.
 */
export function typedPlace(query: string, accounts: readonly Account[]): TypedPlace | undefined {
  const text = query.trim().replace(/^https?:\/\//, '');
  const account = accounts.find(({ host }) => text.toLowerCase().startsWith(`${host.toLowerCase()}/`));
  if (!account) return;
  const rest = text.slice(account.host.length + 1);
  const match = /^([^\s:@]+)(?::([^\s:@]+))?(?:@(\S+))?$/.exec(rest);
  const repository = match?.[1]?.replace(/\/$/, '');
  if (!match || !repository) return;
  const reference = match[3] ?? match[2];
  return { account, repository, ...(reference !== undefined && { reference }) };
}
