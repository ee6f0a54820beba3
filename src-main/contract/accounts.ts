import { eventIterator } from '@orpc/contract';
import {
  account,
  accountDraft,
  accountEdit,
  accountLock,
  accountOrder,
  accountProtection,
  accountRef,
  accountRepository,
  accountTrial,
  foundSignIns,
  importedSignIns,
  keychainState,
  signInChoice,
  testStep,
} from '../common/account.ts';
import { nothing } from '../common/units.ts';
import { procedure } from './base.ts';

export const accounts = {
  list: procedure.output(account.array()),
  add: procedure.input(accountDraft).output(account),
  update: procedure.input(accountEdit).output(account),
  /** Removes the account, its secrets and its cached listings; touches nothing on the registry. */
  remove: procedure.input(accountRef).output(nothing),
  /** The accounts in their new order. */
  reorder: procedure.input(accountOrder).output(account.array()),
  setReadOnly: procedure.input(accountLock).output(account),
  /** The tags that nothing planned here may move or delete. */
  protectTags: procedure.input(accountProtection).output(account),
  addRepository: procedure.input(accountRepository).output(account),
  removeRepository: procedure.input(accountRepository).output(account),
  /** Yields each step when it begins and when it ends; changes nothing on the registry. */
  test: procedure.input(accountTrial).output(eventIterator(testStep)),
  keychain: procedure.output(keychainState),
  /** Looks through Docker's and Podman's files; runs no helper's `get`. */
  findSignIns: procedure.output(foundSignIns),
  importSignIns: procedure.input(signInChoice).output(importedSignIns),
};
