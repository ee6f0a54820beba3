import { expect, test } from 'vitest';
import type { RegistryErrorCode, TlsSettings } from '../../../src-main/engine/index.ts';
import {
  type CertificateAndKey,
  makeCertificates,
  type TestCertificates,
} from '../../support/certificates.ts';
import { freePort } from '../../support/free-port.ts';
import { ping } from '../../support/registry.ts';
import { clientOf, failureOf, startServer, startTcpServer } from '../../support/server.ts';

const V2 = { 'GET /v2/': { headers: { 'docker-distribution-api-version': 'registry/2.0' }, body: {} } };

const certificates: Promise<TestCertificates> = makeCertificates();

async function expectFailure(
  url: string,
  tls: TlsSettings | undefined,
  code: RegistryErrorCode,
): Promise<string> {
  const failure = await failureOf(ping(clientOf({ url }, tls ? { tls } : {})));
  expect(failure).toMatchObject({ code, request: `GET ${url}/v2/`, reason: expect.any(String) });
  return String((failure as { reason: string }).reason);
}

async function secure(certificate: CertificateAndKey, clientAuthority?: string): Promise<string> {
  const tls = { ...certificate, ...(clientAuthority === undefined ? {} : { clientAuthority }) };
  return (await startServer(V2, { tls })).url;
}

test('a private authority is trusted when given, and only then', async () => {
  const { authority, server } = await certificates;
  const url = await secure(server);
  await ping(clientOf({ url }, { tls: { verify: true, authorities: authority } }));
  await expectFailure(url, undefined, 'tlsUntrusted');
  await ping(clientOf({ url }, { tls: { verify: false } }));
});

test('an expired certificate and one of another name are reported as such', async () => {
  const { authority, expired, wrongName } = await certificates;
  const tls = { verify: true, authorities: authority };
  await expectFailure(await secure(expired), tls, 'tlsExpired');
  await expectFailure(await secure(wrongName), tls, 'tlsName');
});

test('a client certificate signs in; a web server that misses one says so', async () => {
  const { authority, server, client } = await certificates;
  const url = await secure(server, authority);
  const trusting = { verify: true, authorities: authority };
  await ping(
    clientOf({ url }, { tls: { ...trusting, clientCertificate: client.certificate, clientKey: client.key } }),
  );
  // Node's server hangs up after the handshake, without the alert that would say why.
  await expectFailure(url, trusting, 'tlsClientCertificate');
  // As nginx answers, which lets the connection be made first.
  const nginx = await startServer({
    'GET /v2/': {
      status: 400,
      body: '<html><head><title>400 No required SSL certificate was sent</title></head></html>',
    },
  });
  await expectFailure(nginx.url, undefined, 'tlsClientCertificate');
});

test('http spoken on a https port, and https on a http port, is reported in words', async () => {
  const { server } = await certificates;
  const plain = await startServer(V2);
  const reason = await expectFailure(plain.url.replace('http:', 'https:'), undefined, 'tlsFailed');
  expect(reason).toContain('plain http');
  // As Go's and nginx's servers answer; Node's hangs up.
  for (const words of [
    'Client sent an HTTP request to an HTTPS server.\n',
    'The plain HTTP request was sent to HTTPS port',
  ]) {
    const go = await startServer({ 'GET /v2/': { status: 400, body: words } });
    expect(await expectFailure(go.url, undefined, 'tlsFailed')).toContain('https');
  }
  const url = (await secure(server)).replace('https:', 'http:');
  await expectFailure(url, undefined, 'connectionLost');
});

test('files that are no certificate, no key, or no pair are named before anything is sent', async () => {
  const { authority, server, client } = await certificates;
  const url = await secure(server);
  const other = (await makeCertificates()).client;
  for (const tls of [
    { authorities: 'junk' },
    { authorities: authority.replace(/(BEGIN CERTIFICATE-----\n).{20}/, '$1AAAAAAAAAAAAAAAAAAAA') },
    { authorities: authority, clientCertificate: 'junk', clientKey: client.key },
    { authorities: authority, clientCertificate: client.certificate },
    { authorities: authority, clientCertificate: client.certificate, clientKey: 'junk' },
    { authorities: authority, clientCertificate: client.certificate, clientKey: other.key },
  ])
    await expect(ping(clientOf({ url }, { tls: { verify: true, ...tls } }))).rejects.toMatchObject({
      code: 'certificateFile',
      request: '',
      reason: expect.stringMatching(/authority|client|Certificate/),
    });
});

test('nothing there, an unknown host and a server that says nothing', async () => {
  await expectFailure(`http://127.0.0.1:${await freePort()}`, undefined, 'connectionRefused');
  await expectFailure('http://no-such-host.invalid', undefined, 'hostUnknown');
  const silent = await startTcpServer(() => undefined);
  const client = clientOf(silent, { timeouts: { headers: 50 } });
  await expect(ping(client)).rejects.toMatchObject({ code: 'timeout' });
});

test('a server that talks no HTTP', async () => {
  const mail = await startTcpServer((socket) => socket.end('220 mail.example ESMTP\r\n'));
  await expectFailure(mail.url, undefined, 'invalidResponse');
});
