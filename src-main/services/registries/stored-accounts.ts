import type { SettingsFile, StoredAccount } from '../../data/index.ts';
import { hostOfRegistry } from '../../engine/index.ts';
import { ServiceError } from '../errors.ts';

/** Finds the account that a registry is reached with. */
export class StoredAccounts {
  readonly #settings: SettingsFile;

  constructor(settings: SettingsFile) {
    this.#settings = settings;
  }

  /** @throws ServiceError `accountUnknown` */
  get(id: string): StoredAccount {
    const account = this.#settings.read().accounts.find((candidate) => candidate.id === id);
    if (!account) throw new ServiceError('accountUnknown');
    return account;
  }

  /** The accounts of a host, whatever the scheme. */
  on(wanted: URL): StoredAccount[] {
    const host = hostOfRegistry(wanted);
    return this.#settings.read().accounts.filter((account) => hostOfRegistry(new URL(account.url)) === host);
  }

  /**
   * The account of an origin. Where no scheme was chosen, the way that the account of the host was stored with counts: nothing
   * that is stored for https is used over plain http.
   */
  for(wanted: URL, chosen: boolean, user: string | undefined): StoredAccount | undefined {
    const known = this.on(wanted);
    const exact = known.filter(({ url }) => url === wanted.origin);
    const candidates = chosen || exact.length > 0 ? exact : known;
    const isUsers = ({ signIn }: StoredAccount) => signIn.kind === 'password' && signIn.username === user;
    return candidates.find(isUsers) ?? candidates[0];
  }
}
