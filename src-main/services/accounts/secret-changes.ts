import type { StoredAccount } from '../../data/index.ts';
import { ACCOUNT_FIELDS, type SecretTexts } from '../sign-ins/secrets.ts';
import { type Prepared, uses } from './draft.ts';

/**
 * The secrets to write when an account's settings change: empty ones are removed, undefined ones stay. Credentials belong to scheme,
 * host and port: another registry must not be sent them.
 */
export function secretChanges(before: StoredAccount, after: Prepared, given: SecretTexts): SecretTexts {
  const changes: SecretTexts = { ...given, proxy: proxyChange(before, after) };
  for (const field of ACCOUNT_FIELDS) {
    if (before.url !== after.url) changes[field] ??= '';
    if (!uses(after, field)) changes[field] = '';
  }
  return changes;
}

/** Secrets with those left out of a draft from the stored ones, as long as they go to the same place. */
export function withStored(
  given: SecretTexts,
  draft: Prepared,
  { account, secrets }: { account: StoredAccount; secrets: SecretTexts },
): SecretTexts {
  const all = { ...given };
  if (account.url === draft.url) for (const field of ACCOUNT_FIELDS) all[field] ??= secrets[field];
  if (proxyChange(account, draft) === undefined) all.proxy = secrets.proxy;
  return all;
}

function proxyChange(before: StoredAccount, after: Prepared): string | undefined {
  if (after.proxyUser !== undefined) return after.proxyUser;
  const same =
    after.proxy.kind === 'url' && before.proxy.kind === 'url' && before.proxy.url === after.proxy.url;
  return same ? undefined : '';
}
