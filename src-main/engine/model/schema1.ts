import { z } from 'zod';

const signed = z.object({ signatures: z.array(z.object({ protected: z.string() })).min(1) });
const header = z.object({ formatLength: z.number().int().nonnegative(), formatTail: z.string() });

/**
 * The bytes that the digest of a signed schema 1 manifest speaks of: the document before its signatures were put in. An
 * unsigned one is its own payload.
 *
 * @see distribution, "Image Manifest Version 2, Schema 1", "Signed Manifests"
 */
export function schema1Payload(bytes: Uint8Array): Uint8Array {
  try {
    const document = signed.parse(JSON.parse(new TextDecoder().decode(bytes)));
    const encoded = Buffer.from(document.signatures[0]?.protected ?? '', 'base64url').toString('utf8');
    const { formatLength, formatTail } = header.parse(JSON.parse(encoded));
    if (formatLength > bytes.byteLength) return bytes;
    return Buffer.concat([bytes.subarray(0, formatLength), Buffer.from(formatTail, 'base64url')]);
  } catch {
    return bytes;
  }
}
