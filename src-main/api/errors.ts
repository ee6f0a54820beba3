import { AsyncIteratorClass, ORPCError } from '@orpc/server';
import type { Failure } from '../common/failure.ts';
import { failureOf } from '../services/index.ts';

/** How many of the mistakes in an input are reported. */
const MAX_ISSUES = 3;

interface Issue {
  path?: readonly unknown[];
  message: string;
}

function issuesOf(error: ORPCError<string, unknown>): readonly Issue[] {
  const { issues } = (error.data ?? {}) as { issues?: unknown };
  return Array.isArray(issues) ? issues : [];
}

/** Where the input is wrong and how; never what stood there, which may be a secret. */
function invalidInput(error: ORPCError<string, unknown>): Failure {
  const reasons = issuesOf(error)
    .slice(0, MAX_ISSUES)
    .map(({ path = [], message }) => {
      const keys = path.map((part) => String((part as { key?: unknown })?.key ?? part));
      return `${keys.join('.') || 'input'}: ${message}`;
    });
  return {
    code: 'invalidInput',
    message: 'The input is not valid.',
    reason: reasons.join('; ').slice(0, 1000),
  };
}

/** Every error as the contract's one, with a closed code. */
export function asFailed(error: unknown): ORPCError<'FAILED', Failure> {
  if (error instanceof ORPCError && error.code === 'FAILED') return error;
  const data: Failure =
    error instanceof ORPCError && error.code === 'BAD_REQUEST' ? invalidInput(error) : failureOf(error);
  // No cause: what is in it may cross a transport that prints it.
  return new ORPCError('FAILED', { defined: true, status: 500, message: data.message, data });
}

/** A stream whose errors are the contract's as well. */
export function guardStream(
  stream: AsyncIterator<unknown, unknown, undefined>,
): AsyncIteratorClass<unknown, unknown, undefined> {
  return new AsyncIteratorClass(
    async () => {
      try {
        return await stream.next();
      } catch (error) {
        throw asFailed(error);
      }
    },
    async () => {
      await stream.return?.();
    },
  );
}

export function isStream(value: unknown): value is AsyncIterator<unknown, unknown, undefined> {
  return typeof value === 'object' && value !== null && Symbol.asyncIterator in value && 'next' in value;
}
