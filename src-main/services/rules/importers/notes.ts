import type { z } from 'zod';
import type { CleanupRule, CleanupRules, ImportNote } from '../../../common/cleanup.ts';
import { ServiceError } from '../../errors.ts';

/** Takes rules of another product; what is left out, or means something else here, is noted. */
export type Importer = (text: string, scope: string, note: Note) => CleanupRule[];
export type Note = (code: ImportNote['code'], found: string) => void;

/** A document of a product in JSON. @throws ServiceError `invalidInput` */
export function parsed<T>(text: string, schema: z.ZodType<T>): T {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new ServiceError('invalidInput', 'It is no JSON.', { cause });
  }
  return checked(value, schema);
}

/** @throws ServiceError `invalidInput` */
export function checked<T>(value: unknown, schema: z.ZodType<T>): T {
  const { success, data, error } = schema.safeParse(value);
  if (success) return data;
  const [issue] = error.issues;
  throw new ServiceError('invalidInput', `${issue?.path.join('.') || 'It'}: ${issue?.message ?? 'invalid'}`);
}

/** Whatever else a policy says, what it does not keep goes. */
export const THE_REST = { name: 'the rest', tags: '*' } as const;

/** Longest name that is taken from elsewhere: a number may have to follow. */
const NAME_MAX = 90;

/** Gives each its name, and one that is there already a number. */
function namer(): <T extends { name: string }>(one: T) => T {
  const seen = new Map<string, number>();
  return (one) => {
    const name = one.name.slice(0, NAME_MAX);
    const times = (seen.get(name) ?? 0) + 1;
    seen.set(name, times);
    return { ...one, name: times === 1 ? name : `${name} (${times})` };
  };
}

/** As a file has them. */
export function asFile(rules: readonly CleanupRule[]): CleanupRules {
  const named = namer();
  return {
    version: 1,
    rules: rules.map(({ keep = [], delete: remove = [], ...rule }) => {
      const entry = namer();
      return {
        ...named(rule),
        ...(keep.length > 0 ? { keep: keep.map(entry) } : {}),
        ...(remove.length > 0 ? { delete: remove.map(entry) } : {}),
      };
    }),
  };
}
