import { z } from 'zod';
import { parseRegistryAddress } from '../../engine/index.ts';

/** A place as it was written at first: `accountId` is empty where no account was behind it, and `url` is its origin then. */
const oldPlace = z.looseObject({ accountId: z.string(), host: z.string(), url: z.string().optional() });

/** A subject or step of the journal, its places as they are written now. What has no old ones comes back as it is. */
export function withPlaces(kept: unknown): unknown {
  // Looked at by hand: an operation may have a hundred thousand steps, and a schema takes many times as long to say no.
  if (typeof kept !== 'object' || kept === null) return kept;
  const { place, source, target }: { place?: unknown; source?: unknown; target?: unknown } = kept;
  if (!isOld(place) && !isOld(source) && !isOld(target)) return kept;
  return {
    ...kept,
    ...(isOld(place) ? { place: placeNow(place) } : {}),
    ...(isOld(source) ? { source: placeNow(source) } : {}),
    ...(isOld(target) ? { target: placeNow(target) } : {}),
  };
}

function isOld(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'accountId' in value;
}

/** Undefined for a spoiled record, which is then shown as one. */
function placeNow(value: unknown): object | undefined {
  const read = oldPlace.safeParse(value);
  if (!read.success) return undefined;
  const { accountId, url, ...rest } = read.data;
  if (accountId !== '') return { account: accountId, ...rest };
  return { origin: url ?? originOf(rest.host), ...rest };
}

function originOf(host: string): string | undefined {
  try {
    return parseRegistryAddress(host).origin;
  } catch {
    return undefined;
  }
}
