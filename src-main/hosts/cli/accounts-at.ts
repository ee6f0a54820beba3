import type { Account } from '../../common/account.ts';
import { hostOfRegistry, parseRegistryAddress } from '../../engine/index.ts';
import type { Context } from './context.ts';
import { CommandFailure } from './failures.ts';

/**
 * All accounts of a registry, which what is asked for is kept with.
 *
 * @param kept what that is, in the plural
 * @throws CommandFailure `accountUnknown` where there is none
 */
export function accountsAt({ core }: Context, host: string, kept: string): [Account, ...Account[]] {
  const wanted = hostOfRegistry(parseRegistryAddress(host));
  const [first, ...others] = core.accounts.list().filter((account) => account.host === wanted);
  if (first) return [first, ...others];
  throw new CommandFailure({
    code: 'accountUnknown',
    message: `No account for ${wanted}: ${kept} are stored with an account.`,
  });
}
