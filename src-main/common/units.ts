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
