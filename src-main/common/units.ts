import { z } from 'zod';

/** Bytes; a registry may claim anything, so only finite, non-negative numbers pass. */
export const byteCount = z.number().nonnegative();
export const count = z.number().int().nonnegative();
/** RFC 3339. */
export const instant = z.string();

/** What is answered where there is nothing to say. */
export const nothing = z.void();

/** How much of a whole is settled. */
export const share = z.object({ done: count, total: count });

/** Which rows of a list are asked for. */
export const page = z.object({ offset: count, limit: z.number().int().min(1).max(1000) });
