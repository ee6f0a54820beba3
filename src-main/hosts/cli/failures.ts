import { failureOf } from '../../services/index.ts';
import type { Failure, FailureCode } from '../../services/types.ts';
import { OutputFailure, oneLine } from './output.ts';

export const EXIT = { done: 0, failed: 1, usage: 2, cancelled: 130 } as const;

/** What was given cannot be meant: a flag that is missing, two that exclude each other. */
export class UsageError extends Error {}

/** A failure already put into words, of an operation say. */
export class CommandFailure extends Error {
  constructor(readonly failure: Failure) {
    super(failure.message);
  }
}

/** What an operation stumbled over: nothing that was given here and now, whatever its code. */
export class OperationFailure extends CommandFailure {}

/** The user ended it, by Ctrl+C or by saying no. */
export class Cancelled extends Error {
  constructor(message = 'It was cancelled.') {
    super(message);
  }
}

/** What the user gave, and not what happened: told with the exit code of a wrong usage. */
const GIVEN: ReadonlySet<FailureCode> = new Set<FailureCode>([
  'invalidInput',
  'invalidReference',
  'invalidDigest',
  'invalidAddress',
  'certificateFile',
]);

/** Any error as data and the exit code it ends with. */
export function outcomeOf(error: unknown): { failure: Failure; exitCode: number } {
  const failure = withHelp(toFailure(error));
  if (failure.code === 'cancelled') return { failure, exitCode: EXIT.cancelled };
  const given =
    error instanceof UsageError || (GIVEN.has(failure.code) && !(error instanceof OperationFailure));
  return { failure, exitCode: given ? EXIT.usage : EXIT.failed };
}

/** What a window has a button for is said with its command. */
function withHelp(failure: Failure): Failure {
  const { approvable, signInAt, reason } = failure;
  const help =
    approvable !== undefined
      ? `For this command: --approve ${approvable}. For good: wharfinger approve ${approvable}`
      : signInAt !== undefined
        ? `Sign in with: wharfinger login ${signInAt}`
        : undefined;
  if (help === undefined) return failure;
  return { ...failure, reason: reason === undefined ? help : `${reason} ${help}` };
}

function toFailure(error: unknown): Failure {
  if (error instanceof CommandFailure) return error.failure;
  if (error instanceof Cancelled) return { code: 'cancelled', message: error.message };
  if (error instanceof UsageError) return { code: 'invalidInput', message: error.message };
  if (error instanceof OutputFailure) {
    const code = error.full ? 'diskFull' : 'storageFailed';
    return { code, message: 'The result could not be written.', reason: error.message };
  }
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'EADDRINUSE')
    return { code: 'busy', message: 'The port is in use: choose another with --port.' };
  return failureOf(error);
}

/** One line for people. */
export function lineOf({ code, message, reason, side, request }: Failure): string {
  const where = side === undefined ? '' : ` (${side})`;
  const why = reason === undefined || reason === message ? '' : ` ${oneLine(reason)}`;
  const asked = request === undefined || code === 'internal' ? '' : ` [${request}]`;
  return `wharfinger: ${message}${where}${why}${asked}`;
}

/** For programs; only what is documented. */
export function errorDocument({ code, message, reason }: Failure): object {
  return { code, message, reason: reason ?? null };
}

/** What happened in one line, beside other things. */
export function reasonOf({ message, reason }: Failure): string {
  return reason === undefined || reason === message ? message : `${message} ${oneLine(reason)}`;
}
