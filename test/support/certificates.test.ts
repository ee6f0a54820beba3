import { once } from 'node:events';
import { connect, createServer, type TLSSocket } from 'node:tls';
import { beforeAll, expect, test } from 'vitest';
import { type CertificateAndKey, makeCertificates, type TestCertificates } from './certificates.ts';
import { whenFinished } from './cleanup.ts';

let certificates: TestCertificates;
beforeAll(async () => {
  certificates = await makeCertificates();
});

/** Connects to a server with that certificate; resolves with what it learned of the client, rejects with the client's error. */
async function handshake(
  server: CertificateAndKey,
  client: { trust?: string; present?: CertificateAndKey } = {},
): Promise<string | undefined> {
  const listener = createServer({
    cert: server.certificate,
    key: server.key,
    ca: certificates.authority,
    requestCert: true,
    rejectUnauthorized: false,
  }).listen(0, '127.0.0.1');
  whenFinished(() => listener.close());
  await once(listener, 'listening');
  const address = listener.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const accepted = once(listener, 'secureConnection');
  const socket = connect({
    port: address.port,
    host: '127.0.0.1',
    ...(client.trust === undefined ? {} : { ca: client.trust }),
    ...(client.present === undefined ? {} : { cert: client.present.certificate, key: client.present.key }),
  });
  whenFinished(() => socket.destroy());
  const failed = once(socket, 'error').then(([error]) => Promise.reject(error));
  await Promise.race([once(socket, 'secureConnect'), failed]);
  const [peer] = (await accepted) as [TLSSocket];
  const name = peer.authorized ? peer.getPeerCertificate().subject.CN : undefined;
  socket.destroy();
  await once(socket, 'close');
  return typeof name === 'string' ? name : undefined;
}

test('the server certificate is good for those who trust the authority, and for no one else', async () => {
  await expect(handshake(certificates.server, { trust: certificates.authority })).resolves.toBeUndefined();
  await expect(handshake(certificates.server)).rejects.toMatchObject({
    code: 'SELF_SIGNED_CERT_IN_CHAIN',
  });
});

test('the expired and the misnamed ones are refused for that alone', async () => {
  const trust = certificates.authority;
  await expect(handshake(certificates.expired, { trust })).rejects.toMatchObject({
    code: 'CERT_HAS_EXPIRED',
  });
  await expect(handshake(certificates.wrongName, { trust })).rejects.toMatchObject({
    code: 'ERR_TLS_CERT_ALTNAME_INVALID',
  });
});

test('the client certificate names the tester', async () => {
  const trust = certificates.authority;
  await expect(handshake(certificates.server, { trust, present: certificates.client })).resolves.toBe(
    'tester',
  );
});
