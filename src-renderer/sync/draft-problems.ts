import validRange from 'semver/ranges/valid.js';
import type { Account } from '../../src-main/common/account.ts';
import { renamed } from '../../src-main/common/rename.ts';
import { PATTERNS_MAX } from '../../src-main/common/transfer.ts';
import { isLocked } from '../accounts/lock.ts';
import { arePlatforms } from '../copy/platforms.ts';
import { isRepositoryName } from '../repositories/name.ts';
import { type Draft, exampleRepository, SAME_NAME } from './draft.ts';

/** Dictionary keys of what is wrong with a field. */
type DraftProblem =
  | 'sourceMissing'
  | 'targetMissing'
  | 'targetLocked'
  | 'samePlace'
  | 'repositoriesMissing'
  | 'repositoriesTooMany'
  | 'tagsMissing'
  | 'versionsForm'
  | 'renameForm'
  | 'platformForm';

export type DraftProblems = Partial<Record<keyof Draft, DraftProblem>>;

/** What must be put right before anything is asked of the main side, which has the last word. */
export function problemsOf(
  draft: Draft,
  accounts: readonly Pick<Account, 'id' | 'readOnly' | 'takesNoWrites'>[],
): DraftProblems {
  const problems: DraftProblems = {};
  const find = (id: string) => accounts.find((account) => account.id === id);
  const target = find(draft.target);
  if (!find(draft.source)) problems.source = 'sourceMissing';
  if (!target) problems.target = 'targetMissing';
  else if (isLocked(target)) problems.target = 'targetLocked';
  else if (draft.source === draft.target && draft.rename.trim() === SAME_NAME) problems.rename = 'samePlace';
  if (draft.repositories.length === 0) problems.repositories = 'repositoriesMissing';
  if (draft.repositories.length > PATTERNS_MAX || draft.excludeRepositories.length > PATTERNS_MAX)
    problems.repositories = 'repositoriesTooMany';
  if (draft.tags.length === 0) problems.tags = 'tagsMissing';
  if (draft.versions.trim() !== '' && validRange(draft.versions) === null) problems.versions = 'versionsForm';
  if (!isRepositoryName(renamed(exampleRepository(draft.repositories), draft.rename)))
    problems.rename = 'renameForm';
  if (!arePlatforms(draft.platforms)) problems.platforms = 'platformForm';
  return problems;
}
