import type { Failure, FailureCode } from '../../common/failure.ts';
import { hostOfRegistry } from '../../engine/index.ts';
import { failureOf } from '../../services/index.ts';
import { OutputFailure, oneLine } from './output.ts';

export const EXIT = { done: 0, failed: 1, usage: 2, different: 3, cancelled: 130 } as const;

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
  constructor(message = 'Cancelled.') {
    super(message);
  }
}

/** What was compared is not the same: no failure, and its own exit code. */
export class Different extends Error {}

/** What the user gave, and not what happened: reported with the exit code of a wrong usage. */
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

/** A registry says no more of it than of a wrong password. */
const ROBOT_REFUSED =
  'The robot account has expired, was disabled or got another secret: renew its secret (harbor robots HOST --renew NAME), or make a new one.';

/** What a window has a button for is said with its command. */
function withHelp(failure: Failure): Failure {
  const { approvable, signInAt, robot, reason } = failure;
  const help =
    approvable !== undefined
      ? `For this command: --approve ${approvable}. For good: wharfinger approve ${approvable}`
      : signInAt !== undefined
        ? `Sign in with: wharfinger login ${signInAt}`
        : robot
          ? ROBOT_REFUSED
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
    return { code, message: 'The output could not be written.', reason: error.message };
  }
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'EADDRINUSE')
    return { code: 'busy', message: 'The port is in use: choose another with --port.' };
  return failureOf(error);
}

const REQUEST = /^[A-Z]+ (\S+)$/;
const OF_REPOSITORY = /^\/v2\/(.+?)\/(?:tags\/list|(manifests|referrers|blobs)\/([^/]+))/;

/** What a request was about: `HOST/REPOSITORY`, with its tag or digest where it names one. Undefined for anything wider. */
function objectOf({ request = '' }: Failure): string | undefined {
  const address = REQUEST.exec(request)?.[1];
  if (address === undefined || !URL.canParse(address)) return undefined;
  const url = new URL(address);
  const [, repository, kind, reference = ''] = OF_REPOSITORY.exec(decodeURI(url.pathname)) ?? [];
  if (repository === undefined) return undefined;
  const place = `${hostOfRegistry(new URL(url.origin))}/${repository}`;
  if (reference.includes(':')) return `${place}@${reference}`;
  return kind === 'manifests' ? `${place}:${reference}` : place;
}

/** One line for people. */
export function lineOf(failure: Failure): string {
  const { code, message, reason, side, request } = failure;
  const object = objectOf(failure);
  const where = side === undefined ? '' : ` (${side})`;
  const why = reason === undefined || reason === message ? '' : ` ${oneLine(reason)}`;
  const asked = request === undefined || code === 'internal' ? '' : ` [${request}]`;
  const what = object === undefined ? '' : `${object}: `;
  return `wharfinger: ${what}${message}${where}${why}${asked}`;
}

/** For programs; only what is documented. */
export function errorDocument(failure: Failure): object {
  const { code, message, reason } = failure;
  return { code, message, reason: reason ?? null, object: objectOf(failure) ?? null };
}

/** What happened in one line, beside other things. */
export function reasonOf({ message, reason }: Failure): string {
  return reason === undefined || reason === message ? message : `${message} ${oneLine(reason)}`;
}
