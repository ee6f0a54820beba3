import type {
  Account,
  AccountSecrets,
  AccountSettings,
  AccountTrial,
  FoundSignIns,
  ImportedSignIns,
  KeychainState,
  TestStep,
} from '../../common/account.ts';
import type { RegistryPlace } from '../../common/place.ts';
import type { AccessOverrides, CallOptions, RegistryHandle } from '../types.ts';

export interface AccountsService {
  list(): Account[];
  add(settings: AccountSettings, secrets: AccountSecrets): Promise<Account>;
  /**
   * Another address of the same server, with the sign-in that this account has: for who has said so, since a secret stays with its
   * origin otherwise.
   */
  addBeside(id: string, address: { name: string; url: string }): Promise<Account>;
  update(id: string, settings: AccountSettings, secrets: AccountSecrets): Promise<Account>;
  /** Removes the account, its secrets and its listings; `busy` while one of its operations runs. */
  remove(id: string): Promise<void>;
  /** Must name each account exactly once. */
  reorder(ids: readonly string[]): Account[];
  setReadOnly(id: string, readOnly: boolean): Account;
  /** Tags that nothing may move or delete, by patterns: those of all accounts of a registry count for each. */
  protectTags(id: string, patterns: readonly string[]): Account;
  /** Hours between two scans that go by themselves in hosts that stay open; null: none. */
  keepFresh(id: string, hours: number | null): Account;
  addRepository(id: string, repository: string): Account;
  removeRepository(id: string, repository: string): Account;
  /** Each step when it begins and when it ends; changes nothing on the registry. */
  test(draft: AccountTrial, options?: CallOptions): AsyncGenerator<TestStep, void, void>;
  keychain(): Promise<KeychainState>;
  findSignIns(): Promise<FoundSignIns>;
  importSignIns(ids: readonly string[]): Promise<ImportedSignIns>;
  /** @throws ServiceError `accountUnknown` */
  handle(id: string): Promise<RegistryHandle>;
  /**
   * For the command line: a registry by `host[:port]` (or URL). The flags given win; then the stored account of that host
   * with its secrets; then Docker's and Podman's files and helpers, which may differ for a `repository`; then anonymous.
   */
  forHost(host: string, overrides?: AccessOverrides, repository?: string): Promise<RegistryHandle>;
  /** The same for a registry of a recorded operation. */
  at(place: RegistryPlace & { repository?: string }, overrides?: AccessOverrides): Promise<RegistryHandle>;
}
