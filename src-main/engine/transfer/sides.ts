import { RegistryError } from '../errors.ts';
import type { Side } from '../vocabulary/transfer.ts';

/** Runs one side's part of two-sided work: its failure names the side. */
export async function onSide<T>(side: Side, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof RegistryError ? error.on(side) : error;
  }
}
