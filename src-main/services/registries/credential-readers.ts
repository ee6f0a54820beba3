import type { SettingsFile } from '../../data/index.ts';
import type { Credentials } from '../../engine/index.ts';
import { type FoundCredentials, type SignInPlace, type SignIns, withStatedEnd } from '../sign-ins/index.ts';
import type { SecretKeeper } from '../sign-ins/secrets.ts';
import { credentialsOf } from './client-options.ts';
import type { StoredAccounts } from './stored-accounts.ts';

export interface CredentialReadersOptions {
  accounts: StoredAccounts;
  settings: SettingsFile;
  secrets: SecretKeeper;
  signIns: SignIns;
}

/** Reads credentials anew where they came from, while a client is open, see `readCredentials` of the engine's options. */
export class CredentialReaders {
  readonly #options: CredentialReadersOptions;

  constructor(options: CredentialReadersOptions) {
    this.#options = options;
  }

  /** Of Docker's and Podman's files and helpers, as at the first time. */
  atPlace(place: SignInPlace): () => Promise<Credentials | undefined> {
    return async () => {
      const { found } = await this.#options.signIns.lookup(place);
      return found && withStatedEnd(found);
    };
  }

  /**
   * Of the keychain, for as long as the account leads to `url`. What was taken over from Docker or Podman is taken over again from
   * the same place: of a helper that gives passwords for hours the keychain has one that has ended.
   */
  ofAccount(id: string, url: string): () => Promise<Credentials | undefined> {
    return async () => {
      const account = this.#options.accounts.get(id);
      if (account.url !== url) return undefined;
      const { foundAs, signIn } = account;
      const found = foundAs === undefined ? undefined : await this.#options.signIns.readAgain(foundAs);
      const fits =
        found?.kind === 'password'
          ? signIn.kind === 'password' && signIn.username === found.username
          : signIn.kind === 'identityToken';
      if (found && fits) {
        await this.#keep(id, found);
        return withStatedEnd(found);
      }
      return credentialsOf(account, await this.#options.secrets.read(account, NOT_CREDENTIALS));
    };
  }

  /** For the next start. */
  async #keep(id: string, found: FoundCredentials): Promise<void> {
    const { accounts, settings, secrets } = this.#options;
    const { keychainFields: before } = accounts.get(id);
    const text = found.kind === 'password' ? { password: found.password } : { identityToken: found.token };
    const keychainFields = await secrets.write(id, text, before);
    if (keychainFields.join() === before.join()) return;
    settings.update((content) => {
      const account = content.accounts.find((candidate) => candidate.id === id);
      if (account) account.keychainFields = keychainFields;
    });
  }
}

const NOT_CREDENTIALS = ['clientKey', 'clientKeyPassphrase', 'proxy'] as const;
