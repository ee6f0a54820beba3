import { X509Certificate } from 'node:crypto';
import { type JsonObject, listOf, objectOf, textOf } from '../model/json-fields.ts';

/** A certificate of a signature is some kilobytes. */
const CERTIFICATE_MAX = 64 * 1024;
const NAME_MAX = 500;

/**
 * Whom a certificate names: an address or identity of its alternative names, else its subject. A claim, since no one has verified the
 * certificate or the signature. Undefined where it cannot be read.
 */
export function signerOf(certificate: Uint8Array | string): string | undefined {
  if (certificate.length > CERTIFICATE_MAX) return undefined;
  try {
    const { subjectAltName, subject } = new X509Certificate(certificate);
    const alternative = subjectAltName?.split(', ')[0]?.replace(/^(?:URI|email|DNS):/, '');
    const name = alternative ?? subject?.replaceAll('\n', ', ');
    return name === undefined || name === '' ? undefined : name.slice(0, NAME_MAX);
  } catch {
    return undefined;
  }
}

/** The certificate beside a signature of Notation. @see RFC 7515, section 4.1.6; Notary Project, "JWS signature envelope" */
export function signerOfJws({ header }: JsonObject): string | undefined {
  const chain = listOf(objectOf(header).x5c);
  const leaf = textOf(chain[0]);
  return leaf === undefined ? undefined : signerOf(Buffer.from(leaf, 'base64'));
}
