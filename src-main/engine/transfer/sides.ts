import { RegistryError } from '../errors.ts';
import type { Side } from '../vocabulary.ts';

/** Runs one side's part of two-sided work: its failure names the side. */
export async function onSide<T>(side: Side, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof RegistryError ? error.on(side) : error;
  }
}

/** Undefined for what is not there. */
export async function orMissing<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof RegistryError && error.code === 'notFound') return undefined;
    throw error;
  }
}
