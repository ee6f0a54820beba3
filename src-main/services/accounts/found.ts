import type { AccountSecrets, AccountSettings } from '../../common/account.ts';
import type { StoredAccount } from '../../data/index.ts';
import { hostOfRegistry } from '../../engine/index.ts';
import type { FoundCredentials } from '../sign-ins/index.ts';

/** The account that a sign-in found on this machine makes. */
export function accountOf(
  host: string,
  credentials: FoundCredentials,
): { settings: AccountSettings; secrets: AccountSecrets } {
  const byPassword = credentials.kind === 'password';
  return {
    settings: {
      name: host,
      url: host,
      signIn: byPassword ? { kind: 'password', username: credentials.username } : { kind: 'identityToken' },
      tls: { verify: true },
      proxy: { kind: 'system' },
      readOnly: false,
      repositories: [],
    },
    secrets: byPassword ? { password: credentials.password } : { identityToken: credentials.token },
  };
}

/** Whether one of the accounts is of that registry and user. */
export function isKnown(
  accounts: readonly StoredAccount[],
  { host, username }: { host: string; username?: string },
): boolean {
  return accounts.some(
    ({ url, signIn }) =>
      hostOfRegistry(new URL(url)) === host &&
      (username === undefined || (signIn.kind === 'password' && signIn.username === username)),
  );
}
