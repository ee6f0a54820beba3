import { InvalidArgumentError } from 'commander';

/** An option that may be repeated. */
export function several(value: string, before: readonly string[] = []): readonly string[] {
  return [...before, value];
}

/** A number of rows. */
export function limitNumber(text: string): number {
  if (!/^\d{1,3}$/.test(text) || Number(text) < 1 || Number(text) > 500)
    throw new InvalidArgumentError('It is not a number between 1 and 500.');
  return Number(text);
}

export function portNumber(text: string): number {
  if (!/^\d{1,5}$/.test(text) || Number(text) > 65_535)
    throw new InvalidArgumentError('It is not a port number.');
  return Number(text);
}

/** Help of the option of what deletes. */
export const CONFIRM = 'the name that is asked for where much goes, or all; may be repeated';
