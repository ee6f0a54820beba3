import type { Pasted } from './pasted.ts';

let handed: Pasted | undefined;

/**
 * Hands what was pasted to the form on the next page. In memory alone: it may hold a password, which belongs into no address, history
 * or storage. Nothing takes it back where it is used or given up.
 */
export function handOver(pasted: Pasted | undefined): void {
  handed = pasted;
}

export function handedOver(): Pasted | undefined {
  return handed;
}
