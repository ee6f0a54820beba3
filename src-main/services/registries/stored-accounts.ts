import { type SelectTag, tagSelector } from '../../common/patterns.ts';
import { DataError, type SettingsFile, type StoredAccount } from '../../data/index.ts';
import { hostOfRegistry, type Registry } from '../../engine/index.ts';
import { WRITE_REFUSALS, type WriteState } from '../../engine/vocabulary/abilities.ts';
import { ServiceError } from '../errors.ts';

/** Milliseconds. */
const DAY = 24 * 60 * 60_000;

/** Finds the account that a registry is reached with, and keeps which product that is. */
export class StoredAccounts {
  readonly #settings: SettingsFile;
  readonly #now: () => Date;

  constructor(settings: SettingsFile, now: () => Date) {
    this.#settings = settings;
    this.#now = now;
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

  /** Whether a tag of a host is protected: by what all its accounts say when it is asked. */
  protectionAt(wanted: URL): SelectTag {
    let [known, select]: [string, SelectTag] = ['', () => false];
    return (repository, tag) => {
      const patterns = this.on(wanted).flatMap(({ protectedTags }) => protectedTags);
      const now = patterns.join('\n');
      if (now !== known) [known, select] = [now, tagSelector(patterns)];
      return select(repository, tag);
    };
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

  /** Keeps with an account whether its registry takes writes at all; what is unknown changes nothing. */
  keepWrites(id: string, { origin }: URL, found: WriteState): void {
    if (found === 'unknown') return;
    const refusal = WRITE_REFUSALS.find((each) => each === found);
    this.#change(
      (account) => account.id === id && account.url === origin && account.takesNoWrites !== refusal,
      (account) => {
        account.takesNoWrites = refusal;
      },
    );
  }

  /** Keeps with an account which product its registry is, whatever it was found for. Written again when a day has passed. */
  keepProduct(id: string, { client, product, by, version }: Registry): void {
    const { origin } = client.url;
    const now = this.#now();
    const isKept = ({ system, product: kept }: StoredAccount) =>
      system === product.id &&
      kept !== undefined &&
      // A reply to who is not signed in may say less.
      (version === undefined || kept.version === version) &&
      now.getTime() - Date.parse(kept.at) < DAY;
    // By now the account may be gone, or lead to another registry.
    const isIts = (account: StoredAccount) => account.id === id && account.url === origin && !isKept(account);
    this.#change(isIts, (account) => {
      account.system = product.id;
      account.product = { by, at: now.toISOString(), ...(version === undefined ? {} : { version }) };
    });
  }

  /** Changes what was found out of the one that is meant, if any is. */
  #change(isMeant: (account: StoredAccount) => boolean, change: (account: StoredAccount) => void): void {
    if (!this.#settings.read().accounts.some(isMeant)) return;
    try {
      this.#settings.update(({ accounts }) => {
        const account = accounts.find(isMeant);
        if (account) change(account);
      });
    } catch (error) {
      // It is found out again the next time.
      if (!(error instanceof DataError)) throw error;
    }
  }
}
