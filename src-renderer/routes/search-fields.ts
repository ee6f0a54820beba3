import { z } from 'zod';

/** A text of an address; one that is none is left out, as all that an address says wrongly is. */
export const text = z.string().optional().catch(undefined);

/** Several of them, or one. */
export const textList = z
  .union([z.string().transform((each) => [each]), z.array(z.string())])
  .optional()
  .catch(undefined);
