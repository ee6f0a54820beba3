import type { Account } from '../../common/account.ts';
import type { MadeSecret } from '../../engine/index.ts';
import type { AccountsService } from '../core/accounts.ts';
import type { ProductSecrets } from '../core/products.ts';
import { ServiceError } from '../errors.ts';
import type { MadeSecrets } from './secrets.ts';

/** Secrets that changes were answered with: shown once, or kept as accounts. */
export const productSecrets = (secrets: MadeSecrets, accounts: AccountsService): ProductSecrets => ({
  takeSecrets(operationId: string): { name: string; secret: string }[] {
    return secrets.take(operationId).map((made) => ({ ...made }));
  },

  async keepSecrets(operationId: string, account: string): Promise<Account[]> {
    const like = accounts.list().find(({ id }) => id === account);
    if (!like) throw new ServiceError('accountUnknown');
    const held = secrets.take(operationId);
    if (held.length === 0)
      throw new ServiceError('unsupported', 'Its secret is held no more: it can be renewed.');
    const kept: Account[] = [];
    for (const made of held)
      try {
        kept.push(await accounts.add(...accountOf(like, made)));
      } catch (error) {
        for (const left of held.slice(kept.length)) secrets.hold(operationId, left);
        throw error;
      }
    return kept;
  },
});

/** A robot's account, at the registry of another one. */
function accountOf(
  { name, url, tls, proxy, uploadChunk, repositories }: Account,
  made: MadeSecret,
): Parameters<AccountsService['add']> {
  const { clientCertificate: _, ...verified } = tls;
  return [
    {
      name: `${name} (${made.name})`.slice(0, 100),
      url,
      signIn: { kind: 'password', username: made.name },
      tls: verified,
      proxy,
      ...(uploadChunk === undefined ? {} : { uploadChunk }),
      readOnly: false,
      repositories,
    },
    { password: made.secret },
  ];
}
