import { z } from 'zod';
import { isDigest } from '../grammar.ts';
import { MEDIA_TYPES } from './manifest.ts';

const named = z.looseObject({ digest: z.string() });
const parts = z.looseObject({
  config: named.nullish(),
  layers: z.array(named).nullish(),
  manifests: z.array(named).nullish(),
});

const KNOWN: ReadonlySet<string> = new Set(Object.values(MEDIA_TYPES));
const ANY_DIGEST = /sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128}/g;

/**
 * The digests that a manifest needs: config, layers (those of foreign ones too, which may have been pushed) and children; not its
 * subject. Of a kind that this registry does not know, or that does not follow its schema, every digest in it counts.
 *
 * @returns undefined where the bytes are no JSON object: what they need cannot be known
 */
export function namedBy(bytes: Uint8Array, mediaType: string): string[] | undefined {
  const text = Buffer.from(bytes).toString('utf8');
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return undefined;
  const read = KNOWN.has(mediaType) ? parts.safeParse(json).data : undefined;
  if (!read) return [...new Set(text.match(ANY_DIGEST))];
  const { config, layers, manifests } = read;
  const all = [...(config ? [config] : []), ...(layers ?? []), ...(manifests ?? [])];
  return [...new Set(all.map(({ digest }) => digest).filter(isDigest))];
}
