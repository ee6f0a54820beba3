import { oc } from '@orpc/contract';
import { z } from 'zod';
import { failure } from '../common/failure.ts';

/** Start of every procedure: the one error that each of them can give is part of its type. */
export const procedure = oc.errors({ FAILED: { status: 500, data: failure } });

export const platform = z.object({
  os: z.string(),
  architecture: z.string(),
  variant: z.string().optional(),
  osVersion: z.string().optional(),
});
export type Platform = z.infer<typeof platform>;
