import { ORPCError } from '@orpc/client';
import { expect, test } from 'vitest';
import type { Failure } from '../../../src-main/common/failure.ts';
import { failureOf, isCancelled } from '../../../src-renderer/ui/failure.ts';

const denied: Failure = {
  code: 'denied',
  message: 'The registry denied it.',
  reason: 'requested access to the resource is denied',
  request: 'GET https://registry.example.com/v2/_catalog',
  status: 403,
};

test('a failure of the contract comes through as it is', () => {
  expect(failureOf(new ORPCError('FAILED', { status: 500, data: denied }))).toEqual(denied);
  expect(failureOf(denied)).toEqual(denied);
});

test('a failure with a code no one knows is our own fault', () => {
  const error = new ORPCError('FAILED', { status: 500, data: { ...denied, code: 'somethingNew' } });
  expect(failureOf(error).code).toBe('internal');
});

test('refused input names its fields', () => {
  const data = { issues: [{ path: ['settings', 'url'], message: 'Too long' }, { message: 'Odd' }] };
  expect(failureOf(new ORPCError('BAD_REQUEST', { data }))).toMatchObject({
    code: 'invalidInput',
    reason: 'settings.url: Too long\nOdd',
  });
});

test('a cancelled call is not a failure to show', () => {
  expect(isCancelled(new DOMException('The operation was aborted', 'AbortError'))).toBe(true);
  expect(isCancelled({ code: 'cancelled', message: 'Cancelled.' })).toBe(true);
  expect(isCancelled(new Error('no'))).toBe(false);
});

test('anything else is our own fault, in its own words', () => {
  expect(failureOf(new TypeError('x is not a function'))).toEqual({
    code: 'internal',
    message: 'x is not a function',
    reason: 'x is not a function',
  });
  expect(failureOf('odd').code).toBe('internal');
});
