import type { Account } from '../../common/account.ts';
import type { LocalRegistryOptions, LocalRegistryState } from '../../common/local-registry.ts';
import type { RegistryHandle } from '../types.ts';

export interface LocalRegistryService {
  state(): LocalRegistryState;
  /** Starts the embedded registry and makes sure that it has an account. */
  start(options: {
    samples: boolean;
    /** One that must be had: `busy` where it is taken. Default: the usual one, or any where that is taken. */
    port?: number | undefined;
  }): Promise<{
    state: LocalRegistryState;
    account: Account;
    /** The usual port, where another program has it. */
    taken?: number;
  }>;
  stop(): Promise<LocalRegistryState>;
  /** Keeps what is given; a running one starts again with it. @throws ServiceError `busy` where another process runs it */
  change(
    options: { [Name in keyof LocalRegistryOptions]?: boolean | undefined },
  ): Promise<LocalRegistryState>;
  /** The sign-in that it asks for; undefined where it asks for none. For the host only: it crosses no contract. */
  signIn(): Promise<{ username: string; password: string } | undefined>;
  /** The registry as operations name it, whether it runs or not. */
  handle(): Promise<RegistryHandle>;
  /** Puts the password into the system's clipboard. @throws ServiceError `invalidInput` where there is none, or no clipboard */
  copyPassword(): Promise<void>;
}
