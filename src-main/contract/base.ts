import { oc } from '@orpc/contract';
import { failure } from '../common/failure.ts';

/** Start of every procedure: the one error that each of them can give is part of its type. */
export const procedure = oc.errors({ FAILED: { status: 500, data: failure } });
