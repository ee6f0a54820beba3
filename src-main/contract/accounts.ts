import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import {
  account,
  accountSecrets,
  accountSettings,
  foundSignIn,
  keychainState,
  testStep,
} from '../common/account.ts';
import { failure } from '../common/failure.ts';
import { accountId } from '../common/ids.ts';
import { repositoryName } from '../common/place.ts';
import { procedure } from './base.ts';

export const accounts = {
  list: procedure.output(z.array(account)),
  add: procedure.input(z.object({ settings: accountSettings, secrets: accountSecrets })).output(account),
  update: procedure
    .input(z.object({ id: accountId, settings: accountSettings, secrets: accountSecrets }))
    .output(account),
  /** Removes the account, its secrets and its cached listings; touches nothing on the registry. */
  remove: procedure.input(z.object({ id: accountId })).output(z.void()),
  /** The accounts in their new order; must name each exactly once. */
  reorder: procedure.input(z.object({ ids: z.array(accountId) })).output(z.array(account)),
  setReadOnly: procedure.input(z.object({ id: accountId, readOnly: z.boolean() })).output(account),
  addRepository: procedure.input(z.object({ id: accountId, repository: repositoryName })).output(account),
  removeRepository: procedure.input(z.object({ id: accountId, repository: repositoryName })).output(account),
  /**
   * Tests a draft or (with `id`) an account, absent secrets being the stored ones. Yields each step when it begins and when it
   * ends; changes nothing on the registry.
   */
  test: procedure
    .input(z.object({ id: accountId.optional(), settings: accountSettings, secrets: accountSecrets }))
    .output(eventIterator(testStep)),
  keychain: procedure.output(keychainState),
  /** Looks through Docker's and Podman's files; runs no helper's `get`. */
  findSignIns: procedure.output(z.object({ found: z.array(foundSignIn), problems: z.array(failure) })),
  /** Imports the chosen ones; each failure is told, the others are imported. */
  importSignIns: procedure
    .input(z.object({ ids: z.array(z.string()).max(1000) }))
    .output(z.object({ imported: z.array(account), failed: z.array(z.object({ id: z.string(), failure })) })),
};
