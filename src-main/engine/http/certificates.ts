import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import tls, { createSecureContext, rootCertificates, type SecureContext } from 'node:tls';
import { RegistryError } from '../errors.ts';

/** PEM texts, not files: a moved file breaks nothing. */
export interface TlsSettings {
  /** False skips verification of the registry's certificate; the user has been warned. */
  verify: boolean;
  /** Certificates of private authorities, trusted beside the system's. */
  authorities?: string;
  /** Client certificate chain, sent to the registry's own origin only. */
  clientCertificate?: string;
  clientKey?: string;
  clientKeyPassphrase?: string;
}

const PEM =
  /-----BEGIN (?:TRUSTED |X509 )?CERTIFICATE-----[\s\S]+?-----END (?:TRUSTED |X509 )?CERTIFICATE-----/g;

let trusted: readonly string[] | undefined;

/**
 * The authorities this machine trusts: Node's own, those of NODE_EXTRA_CA_CERTS, and the operating system's where Node can
 * read them (22.15 and later; before, Node's own list is all there is). Read once.
 */
function systemAuthorities(): readonly string[] {
  if (trusted) return trusted;
  const found = new Set(rootCertificates);
  // Absent on Node 20, which the Electron test runtime has.
  const read: typeof tls.getCACertificates | undefined = tls.getCACertificates;
  if (read) {
    for (const kind of ['default', 'system'] as const) for (const pem of read(kind)) found.add(pem);
  } else {
    const extra = process.env.NODE_EXTRA_CA_CERTS;
    try {
      for (const pem of extra ? (readFileSync(extra, 'utf8').match(PEM) ?? []) : []) found.add(pem);
    } catch {
      // As Node itself does: a missing extra file does not stop the program.
    }
  }
  trusted = [...found];
  return trusted;
}

function bad(reason: string, cause?: unknown): RegistryError {
  return new RegistryError('certificateFile', '', { reason, cause });
}

/** The certificates in a PEM text, each checked. @throws {RegistryError} `certificateFile` */
function readCertificates(pem: string, what: string): string[] {
  const blocks = pem.match(PEM);
  if (!blocks) throw bad(`The ${what} holds no certificate (PEM text with BEGIN CERTIFICATE).`);
  blocks.forEach((block, position) => {
    try {
      new X509Certificate(block);
    } catch (cause) {
      throw bad(`Certificate ${position + 1} of the ${what} cannot be read.`, cause);
    }
  });
  return blocks;
}

let plain: SecureContext | undefined;

/**
 * What TLS connections of a client trust and show. Made once per client: reading some hundred authorities for each
 * connection would cost more than the handshake.
 *
 * @throws {RegistryError} `certificateFile` naming what cannot be read.
 */
export function makeSecureContext(settings: TlsSettings | undefined, withIdentity: boolean): SecureContext {
  const { authorities, clientCertificate, clientKey, clientKeyPassphrase } = settings ?? {};
  const extra = authorities ? readCertificates(authorities, 'authority file') : [];
  const certificate = withIdentity && clientCertificate ? clientCertificate : undefined;
  if (extra.length === 0 && !certificate) {
    plain ??= createSecureContext({ ca: [...systemAuthorities()] });
    return plain;
  }
  const ca = [...systemAuthorities(), ...extra];
  if (!certificate) return createSecureContext({ ca });
  readCertificates(certificate, 'client certificate');
  if (!clientKey) throw bad('The client certificate has no key.');
  try {
    return createSecureContext({
      ca,
      cert: certificate,
      key: clientKey,
      ...(clientKeyPassphrase ? { passphrase: clientKeyPassphrase } : {}),
    });
  } catch (cause) {
    throw bad(wordsOfKeyError(cause), cause);
  }
}

function wordsOfKeyError(cause: unknown): string {
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  if (code === 'ERR_OSSL_X509_KEY_VALUES_MISMATCH' || code === 'ERR_OSSL_X509_KEY_TYPE_MISMATCH')
    return 'The client key does not belong to the client certificate.';
  if (/PASSW|BAD_DECRYPT|INTERRUPTED|PKCS12|CRYPTO/i.test(code))
    return 'The client key needs a passphrase, or the one given is wrong.';
  return 'The client key cannot be read (PEM text with BEGIN PRIVATE KEY).';
}
