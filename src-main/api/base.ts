import { implement } from '@orpc/server';
import { contract } from '../contract/index.ts';
import { asFailed, guardStream, isStream } from './errors.ts';

/** Implements the contract; every failure, in validation too, leaves as the contract's closed one. */
export const api = implement(contract).use(async ({ next }) => {
  try {
    const result = await next();
    return isStream(result.output) ? { ...result, output: guardStream(result.output) } : result;
  } catch (error) {
    throw asFailed(error);
  }
});
