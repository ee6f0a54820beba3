import { z } from 'zod';

const signed = z.object({ signatures: z.array(z.object({ protected: z.string() })).min(1) });
const header = z.object({ formatLength: z.number().int().positive(), formatTail: z.string() });
/** What is signed ends as a JSON object ends. */
const TAIL = /^\s*\}\s*$/;

const decode = (bytes: Uint8Array): string => new TextDecoder('utf-8', { fatal: true }).decode(bytes);

/**
 * The bytes that the digest of a signed schema 1 manifest speaks of: the document without its signatures. Undefined where the
 * document is anything but that payload with `signatures` put in before its end: a header that takes out more, or something
 * else than it says, would let a digest vouch for content that it never saw.
 *
 * @see distribution, "Image Manifest Version 2, Schema 1", "Signed Manifests"
 */
export function signedPayload(bytes: Uint8Array): Uint8Array | undefined {
  try {
    const { signatures } = signed.parse(JSON.parse(decode(bytes)));
    const encoded = Buffer.from(signatures[0]?.protected ?? '', 'base64url').toString('utf8');
    const { formatLength, formatTail } = header.parse(JSON.parse(encoded));
    const tail = Buffer.from(formatTail, 'base64url');
    if (formatLength >= bytes.byteLength || !TAIL.test(decode(tail))) return undefined;
    const added = /^\s*,(.*)$/s.exec(decode(bytes.subarray(formatLength)))?.[1];
    if (added === undefined) return undefined;
    const names = Object.keys(JSON.parse(`{${added}`) as object);
    if (names.length !== 1 || names[0] !== 'signatures') return undefined;
    const payload = Buffer.concat([bytes.subarray(0, formatLength), tail]);
    // What is before the signatures is an object of its own.
    JSON.parse(decode(payload));
    return payload;
  } catch {
    return undefined;
  }
}
