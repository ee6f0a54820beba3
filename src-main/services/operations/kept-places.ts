import { z } from 'zod';
import { parseRegistryAddress } from '../../engine/index.ts';

/** A place as it was written at first: `accountId` is empty where no account was behind it, and `url` is its origin then. */
const oldPlace = z.looseObject({ accountId: z.string(), host: z.string(), url: z.string().optional() });

const placed = z.looseObject({
  place: z.unknown().optional(),
  source: z.unknown().optional(),
  target: z.unknown().optional(),
});

/** A subject or step of the journal, its places as they are written now. What is none of these comes back as it is. */
export function withPlaces(kept: unknown): unknown {
  const read = placed.safeParse(kept);
  if (!read.success) return kept;
  const places = (['place', 'source', 'target'] as const).flatMap((name) => {
    const old = oldPlace.safeParse(read.data[name]);
    return old.success ? [[name, placeNow(old.data)] as const] : [];
  });
  return places.length === 0 ? kept : { ...read.data, ...Object.fromEntries(places) };
}

function placeNow({ accountId, url, ...rest }: z.infer<typeof oldPlace>): object {
  if (accountId !== '') return { account: accountId, ...rest };
  return { origin: url ?? originOf(rest.host), ...rest };
}

/** Undefined for a spoiled record, which is then shown as one. */
function originOf(host: string): string | undefined {
  try {
    return parseRegistryAddress(host).origin;
  } catch {
    return undefined;
  }
}
