import type { SavedTransfer } from '../../common/transfer.ts';
import type { AccountsService } from '../core/accounts.ts';
import type { ProductsService } from '../core/products.ts';
import type { Locks } from '../operations/locks.ts';
import type { Plans } from '../operations/plans.ts';
import { productRetention, type RetentionOptions } from './compared-retention.ts';
import { productRegistries } from './found-registries.ts';
import { productReplication } from './handing-over.ts';
import { productJobs } from './jobs.ts';
import { productSecrets } from './kept-secrets.ts';
import { productResources } from './resources.ts';
import { productStatements } from './said.ts';
import { productScans } from './scans.ts';
import type { MadeSecrets } from './secrets.ts';

/** What registries manage beside images, by what their products can do: a file for each that it serves. */
export const productsService = (options: {
  plans: Plans;
  locks: Locks;
  secrets: MadeSecrets;
  accounts: AccountsService;
  cleanup: RetentionOptions['cleanup'];
  syncs: () => readonly SavedTransfer[];
  /** Of an account's sign-in; undefined where it signs in otherwise. */
  passwordOf: (accountId: string) => Promise<string | undefined>;
}): ProductsService => ({
  ...productStatements,
  ...productResources(options.plans, options.secrets),
  ...productReplication(options),
  ...productSecrets(options.secrets, options.accounts),
  ...productJobs(options.plans),
  ...productRetention(options),
  ...productScans(options.locks),
  ...productRegistries(options.accounts),
});
