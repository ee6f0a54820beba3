import type { AccountSecrets, SecretPlace } from '../../common/account.ts';
import type { CredentialStore, SecretField, SettingsFile, StoredAccount } from '../../data/index.ts';

/** The secrets that the user gives. */
export const ACCOUNT_FIELDS = ['password', 'identityToken', 'clientKey', 'clientKeyPassphrase'] as const;
const FIELDS = [...ACCOUNT_FIELDS, 'proxy'] as const;

/** An account's secrets; `proxy` is the `user:password` of its proxy's URL. */
export type SecretTexts = { [Field in SecretField]?: string | undefined };

/** Secrets by account: which there are is in the settings file, what they are in the keychain or in memory. */
export class SecretKeeper {
  readonly #credentials: CredentialStore;
  readonly #settings: SettingsFile;

  constructor(credentials: CredentialStore, settings: SettingsFile) {
    this.#credentials = credentials;
    this.#settings = settings;
  }

  /** Where the account's secrets are. One kept for the session only decides: it is the one that will be missed. */
  place(account: StoredAccount): SecretPlace {
    if (FIELDS.some((field) => this.#credentials.holdsInSession(keyOf(account.id, field)))) return 'session';
    return account.keychainFields.length > 0 ? 'keychain' : 'none';
  }

  /**
   * @param unneeded fields that are not asked for: the keychain may be locked, or not there
   * @throws DataError `keychainLocked`, `keychainUnavailable`
   */
  async read(account: StoredAccount, unneeded: readonly SecretField[] = []): Promise<SecretTexts> {
    const secrets: SecretTexts = {};
    for (const field of FIELDS) {
      if (unneeded.includes(field)) continue;
      const inKeychain = account.keychainFields.includes(field);
      secrets[field] = await this.#credentials.read(keyOf(account.id, field), inKeychain);
    }
    return secrets;
  }

  /**
   * Keeps what is given, removes what is empty, leaves what is undefined.
   *
   * @returns the fields that are now in the keychain
   */
  async write(id: string, given: SecretTexts, before: readonly SecretField[]): Promise<SecretField[]> {
    const inKeychain = new Set(before);
    for (const field of FIELDS) {
      const value = given[field];
      if (value === undefined) continue;
      const key = keyOf(id, field);
      if (value === '') {
        await this.#forget(key, inKeychain.has(field));
        inKeychain.delete(field);
      } else if ((await this.#credentials.write(key, value)) === 'keychain') {
        inKeychain.add(field);
      } else if (inKeychain.delete(field)) {
        // The one before is still in the keychain, out of reach: it must not come back after a restart.
        this.#remember(key);
      }
    }
    if (inKeychain.size > 0) await this.#removeOrphans(id, inKeychain);
    return FIELDS.filter((field) => inKeychain.has(field));
  }

  async remove(account: StoredAccount): Promise<void> {
    for (const field of FIELDS) {
      await this.#forget(keyOf(account.id, field), account.keychainFields.includes(field));
    }
  }

  async #forget(key: string, inKeychain: boolean): Promise<void> {
    try {
      await this.#credentials.remove(key, inKeychain);
    } catch {
      this.#remember(key);
    }
  }

  #remember(key: string): void {
    this.#settings.update((content) => {
      if (!content.orphanedSecrets.includes(key)) content.orphanedSecrets.push(key);
    });
  }

  /** Now that the keychain answers: removes what could not be removed before, but nothing that is in use again. */
  async #removeOrphans(id: string, inUse: ReadonlySet<SecretField>): Promise<void> {
    const orphans = this.#settings.read().orphanedSecrets;
    if (orphans.length === 0) return;
    const used = new Set([...inUse].map((field) => keyOf(id, field)));
    const left: string[] = [];
    for (const key of orphans) {
      if (used.has(key)) continue;
      try {
        await this.#credentials.remove(key, true);
      } catch {
        left.push(key);
      }
    }
    this.#settings.update((content) => {
      content.orphanedSecrets = content.orphanedSecrets.filter(
        (key) => left.includes(key) || !orphans.includes(key),
      );
    });
  }
}

function keyOf(id: string, field: SecretField): string {
  return `${id}:${field}`;
}

/** The secrets a caller of the contract may give. */
export function given(secrets: AccountSecrets): SecretTexts {
  return {
    password: secrets.password,
    identityToken: secrets.identityToken,
    clientKey: secrets.clientKey,
    clientKeyPassphrase: secrets.clientKeyPassphrase,
  };
}
