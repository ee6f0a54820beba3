import type { CleanupVersion, SavedCleanup } from '../../common/cleanup-run.ts';
import { accountsAt } from './accounts-at.ts';
import type { Context } from './context.ts';
import { CommandFailure } from './failures.ts';

/** All of a registry, by account. @throws CommandFailure `accountUnknown` */
export function savedAt(context: Context, host: string): SavedCleanup[] {
  return accountsAt(context, host, 'saved rules').flatMap(({ id }) => context.core.cleanup.saved(id));
}

/** Those with this name, in whatever case: one account has no two that differ in it only. */
export function findSaved(context: Context, host: string, name: string): SavedCleanup | undefined {
  return savedAt(context, host).find((saved) => saved.name.toLowerCase() === name.toLowerCase());
}

/** @throws CommandFailure `accountUnknown`, `notFound` */
export function savedNamed(context: Context, host: string, name: string): SavedCleanup {
  const found = findSaved(context, host, name);
  if (found) return found;
  throw new CommandFailure({ code: 'notFound', message: `No saved rules ${name} for ${host}.` });
}

/** What they said then. @throws CommandFailure `notFound` */
export function versionOf({ core }: Context, { id, name }: SavedCleanup, version: number): CleanupVersion {
  const found = core.cleanup.versions(id).find((each) => each.version === version);
  if (found) return found;
  throw new CommandFailure({ code: 'notFound', message: `${name} has no version ${version}.` });
}
