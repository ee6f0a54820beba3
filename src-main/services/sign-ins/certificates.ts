import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import type { TlsChoice } from '../../common/account.ts';
import { ServiceError } from '../errors.ts';

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g;

interface KeyTexts {
  clientKey?: string | undefined;
  clientKeyPassphrase?: string | undefined;
}

/**
 * Checks an account's certificates before they are kept, so that a wrong file is reported where it is chosen and not as a failed
 * connection.
 *
 * @throws ServiceError `certificateFile` with one plain sentence
 */
export function checkCertificates(tls: TlsChoice, key: KeyTexts, now: Date): void {
  if (tls.authorities) {
    const authorities = parseAll(tls.authorities, 'The file of authorities');
    // A bundle may hold old ones beside valid ones.
    if (authorities.every((certificate) => isExpired(certificate, now))) {
      throw refusal(`Every authority in the file has expired (${lastDay(authorities)}).`);
    }
  }
  if (!tls.clientCertificate) {
    if (key.clientKey) throw refusal('There is a client key without a client certificate.');
    return;
  }
  const [certificate] = parseAll(tls.clientCertificate, 'The client certificate');
  if (!certificate) return;
  if (isExpired(certificate, now)) {
    throw refusal(`The client certificate has expired (${lastDay([certificate])}).`);
  }
  if (new Date(certificate.validFrom) > now) throw refusal('The client certificate is not valid yet.');
  if (!key.clientKey) throw refusal('The client certificate needs its private key.');
  if (!certificate.checkPrivateKey(privateKey(key.clientKey, key.clientKeyPassphrase))) {
    throw refusal('The private key does not belong to the client certificate.');
  }
}

function parseAll(pem: string, what: string): X509Certificate[] {
  const texts = pem.match(CERTIFICATE);
  if (!texts) throw refusal(`${what} holds no certificate in PEM form (-----BEGIN CERTIFICATE-----).`);
  return texts.map((text, index) => {
    try {
      return new X509Certificate(text);
    } catch (error) {
      throw refusal(`${what} cannot be read: certificate ${index + 1} is damaged.`, error);
    }
  });
}

function privateKey(pem: string, passphrase: string | undefined): KeyObject {
  try {
    return createPrivateKey({ key: pem, ...(passphrase ? { passphrase } : {}) });
  } catch (error) {
    const encrypted = pem.includes('ENCRYPTED');
    if (encrypted && !passphrase)
      throw refusal('The private key is encrypted: it needs its passphrase.', error);
    if (encrypted) throw refusal('The passphrase of the private key is wrong.', error);
    throw refusal('The private key is not a key in PEM form.', error);
  }
}

/** Node 20 knows the date only as a text (`Nov 17 18:14:01 2034 GMT`). */
function validTo(certificate: X509Certificate): Date {
  return new Date(certificate.validTo);
}

function isExpired(certificate: X509Certificate, now: Date): boolean {
  return validTo(certificate) < now;
}

function lastDay(certificates: readonly X509Certificate[]): string {
  const last = Math.max(...certificates.map((certificate) => validTo(certificate).getTime()));
  return new Date(last).toISOString().slice(0, 10);
}

function refusal(reason: string, cause?: unknown): ServiceError {
  return new ServiceError('certificateFile', reason, cause === undefined ? {} : { cause });
}
