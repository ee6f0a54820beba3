import { oc } from '@orpc/contract';
import { z } from 'zod';
import { errors } from './errors.ts';

/** Start of every procedure: the closed failure is part of its type. */
export const procedure = oc.errors(errors);

export const accountId = z.uuid();
export const operationId = z.uuid();
export const planId = z.uuid();

/**
 * Bounds only: the engine owns the grammar and answers `invalidReference` with what is wrong, so that the user reads a
 * sentence and not a pattern.
 */
export const repositoryName = z.string().min(1).max(255);
export const tagName = z.string().min(1).max(128);
/** `algorithm:hex`. */
export const digest = z.string().min(1).max(140);
/** A tag or a digest. */
export const manifestReference = z.string().min(1).max(140);
/** Bytes; a registry may claim anything, so only finite, non-negative numbers pass. */
export const byteCount = z.number().nonnegative();
/** RFC 3339. */
export const instant = z.string();

export const platform = z.object({
  os: z.string(),
  architecture: z.string(),
  variant: z.string().optional(),
  osVersion: z.string().optional(),
});
export type Platform = z.infer<typeof platform>;

/** A repository of one account: what most requests are about. */
export const repositoryPlace = z.object({ accountId, repository: repositoryName });
export type RepositoryPlace = z.infer<typeof repositoryPlace>;

/** Foreign (nondistributable) layers that stay where they are, each digest once. */
export const leftOut = z.object({
  count: z.number().int().nonnegative(),
  bytes: byteCount,
  /** Where they are; empty where they name no place. */
  hosts: z.array(z.string()),
});
export type LeftOut = z.infer<typeof leftOut>;
