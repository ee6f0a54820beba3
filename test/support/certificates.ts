import 'reflect-metadata'; // @peculiar/x509 needs it loaded first
import { randomBytes } from 'node:crypto';
import * as x509 from '@peculiar/x509';

const DAY_MS = 24 * 60 * 60 * 1000;
const KEY_ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;

/** A certificate and its private key, both PEM. */
export interface CertificateAndKey {
  readonly certificate: string;
  readonly key: string;
}

export interface TestCertificates {
  /** The private authority's certificate, PEM: what a client must trust. It signed all others here. */
  readonly authority: string;
  /** Good for 127.0.0.1, ::1 and localhost. */
  readonly server: CertificateAndKey;
  /** As `server`, but it ended a day ago. */
  readonly expired: CertificateAndKey;
  /** Valid, but for `registry.example` only. */
  readonly wrongName: CertificateAndKey;
  /** For Docker Hub's three hosts. */
  readonly dockerHub: CertificateAndKey;
  /** For client authentication, as `CN=tester`. */
  readonly client: CertificateAndKey;
  /** For signing tokens. */
  readonly tokenSigner: CertificateAndKey;
}

interface Issuer {
  readonly certificate: x509.X509Certificate;
  readonly keys: CryptoKeyPair;
}

interface Subject {
  readonly name: string;
  readonly extensions: x509.Extension[];
  readonly notAfter?: Date;
}

const DOCKER_HUB_NAMES: x509.JsonGeneralNames = ['registry-1', 'auth', 'hub'].map((name) => ({
  type: 'dns',
  value: name === 'hub' ? 'hub.docker.com' : `${name}.docker.io`,
}));
const LOCAL_NAMES: x509.JsonGeneralNames = [
  { type: 'dns', value: 'localhost' },
  { type: 'ip', value: '127.0.0.1' },
  { type: 'ip', value: '::1' },
];

function newKeys(): Promise<CryptoKeyPair> {
  return crypto.subtle.generateKey(KEY_ALGORITHM, true, ['sign', 'verify']);
}

/** Positive, as RFC 5280 wants it. */
function serialNumber(): string {
  return `01${randomBytes(8).toString('hex')}`;
}

async function makeAuthority(name: string): Promise<Issuer> {
  const keys = await newKeys();
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: serialNumber(),
    name: `CN=${name}`,
    notBefore: new Date(Date.now() - 30 * DAY_MS),
    notAfter: new Date(Date.now() + 30 * DAY_MS),
    signingAlgorithm: KEY_ALGORITHM,
    keys,
    extensions: [
      new x509.BasicConstraintsExtension(true, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return { certificate, keys };
}

async function issue(authority: Issuer, subject: Subject): Promise<CertificateAndKey> {
  const keys = await newKeys();
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: serialNumber(),
    subject: `CN=${subject.name}`,
    issuer: authority.certificate.subject,
    notBefore: new Date(Date.now() - 20 * DAY_MS),
    notAfter: subject.notAfter ?? new Date(Date.now() + 20 * DAY_MS),
    signingAlgorithm: KEY_ALGORITHM,
    signingKey: authority.keys.privateKey,
    publicKey: keys.publicKey,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      await x509.AuthorityKeyIdentifierExtension.create(authority.keys.publicKey),
      ...subject.extensions,
    ],
  });
  const key = Buffer.from(await crypto.subtle.exportKey('pkcs8', keys.privateKey));
  return { certificate: certificate.toString('pem'), key: x509.PemConverter.encode(key, 'PRIVATE KEY') };
}

/** Makes a new private authority and one certificate of each kind that tests need. */
export async function makeCertificates(): Promise<TestCertificates> {
  const authority = await makeAuthority('Wharfinger test authority');
  const forServer = new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]);
  const forClient = new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.clientAuth]);
  const localNames = new x509.SubjectAlternativeNameExtension(LOCAL_NAMES);
  const otherName = new x509.SubjectAlternativeNameExtension([{ type: 'dns', value: 'registry.example' }]);
  const hubNames = new x509.SubjectAlternativeNameExtension(DOCKER_HUB_NAMES);
  const [server, expired, wrongName, dockerHub, client, tokenSigner] = await Promise.all([
    issue(authority, { name: 'localhost', extensions: [forServer, localNames] }),
    issue(authority, {
      name: 'localhost',
      extensions: [forServer, localNames],
      notAfter: new Date(Date.now() - DAY_MS),
    }),
    issue(authority, { name: 'registry.example', extensions: [forServer, otherName] }),
    issue(authority, { name: 'docker hub', extensions: [forServer, hubNames] }),
    issue(authority, { name: 'tester', extensions: [forClient] }),
    issue(authority, { name: 'token service', extensions: [] }),
  ]);
  return {
    authority: authority.certificate.toString('pem'),
    server,
    expired,
    wrongName,
    dockerHub,
    client,
    tokenSigner,
  };
}
