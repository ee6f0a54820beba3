import { expect, test } from 'vitest';
import { openBlob } from '../../src-main/engine/endpoints/blobs.ts';
import { uploadBlob } from '../../src-main/engine/endpoints/uploads.ts';
import {
  type Credentials,
  clientReader,
  getManifest,
  graph,
  listTags,
  type RegistryClient,
  type RegistryOptions,
} from '../../src-main/engine/index.ts';
import { makeCertificates } from '../support/certificates.ts';
import { mediaTypes, sha256 } from '../support/images.ts';
import { ping } from '../support/registry.ts';
import { clientOf, collect, startServer, type TestServer } from '../support/server.ts';

/**
 * Published weaknesses of registry clients, each shown not to be ours. Those about digests, caps and manifest confusion stand
 * with their modules: CVE-2021-41190 and CVE-2024-3727 in model/, CVE-2025-24882, CVE-2020-1702 and GHSA-f36w-mj3v-6jqv in
 * endpoints/, CVE-2021-41092 in services/sign-ins. Those of transfers are in transfer/safety.test.ts.
 */
const credentials: Credentials = { kind: 'password', username: 'ann', password: 'the-password' };

const content = Buffer.from('content');
const descriptor = { digest: sha256(content), size: content.length };
const blob = `/v2/a/blobs/${descriptor.digest}`;

/** A client that has signed in and sends its password with each request to the registry. */
async function signedIn(
  registry: TestServer,
  options: Partial<RegistryOptions> = {},
): Promise<RegistryClient> {
  const client = clientOf(registry, { credentials, ...options });
  await ping(client);
  expect(client.authScheme()).toBe('basic');
  return client;
}

const BASIC_V2 = {
  'GET /v2/': ({ headers }: { headers: { authorization?: string | undefined } }) =>
    headers.authorization
      ? { body: {} }
      : { status: 401, headers: { 'www-authenticate': 'Basic realm="r"' } },
};

function expectNoSecret(server: TestServer): void {
  for (const { headers, url, body } of server.seen) {
    expect(headers).not.toHaveProperty('authorization');
    expect(headers).not.toHaveProperty('cookie');
    expect(`${url} ${body}`).not.toContain('the-password');
  }
}

async function download(client: RegistryClient): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of openBlob(client, 'a', descriptor)) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

test('CVE-2020-15157: the foreign URL of a layer is never asked', async () => {
  const attacker = await startServer({});
  const config = sha256('{}');
  const manifest = Buffer.from(
    JSON.stringify({
      schemaVersion: 2,
      mediaType: mediaTypes.docker.manifest,
      config: { mediaType: 'application/vnd.docker.container.image.v1+json', digest: config, size: 2 },
      layers: [
        {
          mediaType: 'application/vnd.docker.image.rootfs.foreign.diff.tar.gzip',
          digest: descriptor.digest,
          size: descriptor.size,
          urls: [`${attacker.url}/layer`],
        },
      ],
    }),
  );
  const registry = await startServer({
    ...BASIC_V2,
    'GET /v2/a/manifests/1': { headers: { 'content-type': mediaTypes.docker.manifest }, body: manifest },
    [`GET ${blob}`]: { status: 404 },
  });
  const client = await signedIn(registry);
  const root = await getManifest(client, 'a', '1');
  const whole = await graph(clientReader(client), 'a', root);
  expect(whole.blobs.map(({ digest }) => digest)).toEqual([config]);
  await expect(download(client)).rejects.toMatchObject({ code: 'notFound' });
  expect(attacker.seen).toEqual([]);
});

test('GHSA-vh4v-2xq2-g5cg: a redirect to another port keeps no credentials', async () => {
  const storage = await startServer({ 'GET /bucket': { body: content } });
  const registry = await startServer({
    ...BASIC_V2,
    [`GET ${blob}`]: { status: 307, headers: { location: `${storage.url}/bucket?sig=1` } },
  });
  const client = await signedIn(registry, { approvedHosts: [storage.host] });
  expect(await download(client)).toBe('content');
  expect(storage.lines()).toEqual(['GET /bucket?sig=1']);
  expectNoSecret(storage);
});

test('GHSA-vh4v-2xq2-g5cg: a redirect from https down to http is not followed, at the same host or another', async () => {
  const { authority, server } = await makeCertificates();
  const plain = await startServer({});
  const tls = { verify: true, authorities: authority };
  const redirecting = (location: string): Promise<TestServer> =>
    startServer({ ...BASIC_V2, [`GET ${blob}`]: { status: 302, headers: { location } } }, { tls: server });
  const elsewhere = await signedIn(await redirecting('http://storage.example/x'), { tls });
  await expect(download(elsewhere)).rejects.toMatchObject({ code: 'addressRefused' });
  // Its own host by http means the way we came, as registries say that do not know of the TLS before them.
  const registry = await redirecting(`${plain.url}${blob}`);
  const own = await signedIn(registry, { tls, approvedHosts: [plain.host] });
  await expect(download(own)).rejects.toMatchObject({ code: 'invalidResponse' });
  expect(registry.seen.length).toBeGreaterThan(5);
  expect(plain.seen).toEqual([]);
});

test.each([
  ['http://169.254.169.254/latest/meta-data/', true],
  ['http://[fd00:ec2::254]/latest/', true],
  ['http://metadata.google.internal/computeMetadata/', true],
  ['http://127.0.0.1:1/x', false],
  ['http://localhost:1/x', false],
  ['http://10.0.0.1/x', false],
  ['file:///etc/passwd', true],
  ['gopher://x/', true],
])(
  'transfer-22: a redirect to %s is refused before anything is connected',
  async (location, evenApproved) => {
    const registry = await startServer({
      ...BASIC_V2,
      [`GET ${blob}`]: { status: 307, headers: { location } },
    });
    const approvals = evenApproved && location.startsWith('http') ? [[], [new URL(location).host]] : [[]];
    for (const approvedHosts of approvals) {
      const client = await signedIn(registry, { approvedHosts });
      await expect(download(client)).rejects.toMatchObject({ code: 'addressRefused' });
    }
  },
);

test('transfer-21: a challenge from a redirect target is not answered', async () => {
  const storage = await startServer({
    'GET /bucket': { status: 401, headers: { 'www-authenticate': 'Basic realm="give me"' } },
  });
  const registry = await startServer({
    ...BASIC_V2,
    [`GET ${blob}`]: { status: 307, headers: { location: `${storage.url}/bucket` } },
  });
  const client = await signedIn(registry, { approvedHosts: [storage.host] });
  await expect(download(client)).rejects.toMatchObject({ code: 'unauthorized' });
  expect(storage.seen).toHaveLength(1);
  expectNoSecret(storage);
});

test('CVE-2026-50151: an upload location on another host gets the content and no credentials', async () => {
  const storage = await startServer({ 'PUT /session': { status: 201 } });
  const registry = await startServer({
    ...BASIC_V2,
    'POST /v2/a/blobs/uploads/': { status: 202, headers: { location: `${storage.url}/session` } },
  });
  const source = async function* (): AsyncGenerator<Buffer> {
    yield content;
  };
  const client = await signedIn(registry, { approvedHosts: [storage.host] });
  expect(await uploadBlob(client, 'a', descriptor, source)).toBe('sent');
  expect(storage.seen[0]?.body.equals(content)).toBe(true);
  expectNoSecret(storage);
  // Without the user's word nothing is sent to a private address at all.
  await expect(uploadBlob(await signedIn(registry), 'a', descriptor, source)).rejects.toMatchObject({
    code: 'addressRefused',
  });
  expect(storage.seen).toHaveLength(1);
});

test('CVE-2026-50151: user and password in a location are not used', async () => {
  const registry = await startServer({
    ...BASIC_V2,
    'POST /v2/a/blobs/uploads/': ({ headers }) => ({
      status: 202,
      headers: { location: `http://evil:login@${headers.host}/session` },
    }),
    'PUT /session': { status: 201 },
  });
  const client = await signedIn(registry);
  await uploadBlob(client, 'a', descriptor, async function* () {
    yield content;
  });
  const basic = `Basic ${Buffer.from('ann:the-password').toString('base64')}`;
  expect(registry.seen.at(-1)?.headers.authorization).toBe(basic);
});

const TOKEN = { 'GET /token': { body: { token: 'abc' } }, 'POST /token': { body: { token: 'abc' } } };

function challenging(realm: string): Promise<TestServer> {
  return startServer({
    'GET /v2/a/tags/list': {
      status: 401,
      headers: { 'www-authenticate': `Bearer realm="${realm}",service="x"` },
    },
  });
}

test.each<Credentials>([credentials, { kind: 'identityToken', token: 'the-password' }])(
  'CVE-2026-48978: a realm on another host is not sent the $kind',
  async (secret) => {
    const attacker = await startServer(TOKEN);
    const registry = await challenging(`${attacker.url}/token`);
    const client = clientOf(registry, { credentials: secret });
    await expect(collect(listTags(client, 'a'))).rejects.toMatchObject({
      code: 'addressRefused',
      reason: expect.stringContaining(attacker.host),
    });
    expect(attacker.seen).toEqual([]);
  },
);

test('CVE-2026-48978: not even an anonymous request goes to a private or metadata address', async () => {
  const inside = await startServer(TOKEN);
  for (const realm of [`${inside.url}/token`, 'http://169.254.169.254/token', 'http://localhost:1/token']) {
    const registry = await challenging(realm);
    await expect(collect(listTags(clientOf(registry), 'a'))).rejects.toMatchObject({
      code: 'addressRefused',
    });
  }
  expect(inside.seen).toEqual([]);
});

test('CVE-2026-48978: a registry on https may not name a token service on http', async () => {
  const { authority, server } = await makeCertificates();
  const plain = await startServer(TOKEN);
  const registry = await startServer(
    {
      'GET /v2/a/tags/list': {
        status: 401,
        headers: { 'www-authenticate': `Bearer realm="${plain.url}/token"` },
      },
    },
    { tls: server },
  );
  const tls = { verify: true, authorities: authority };
  const client = clientOf(registry, { credentials, tls, approvedHosts: [plain.host] });
  await expect(collect(listTags(client, 'a'))).rejects.toMatchObject({ code: 'addressRefused' });
  expect(plain.seen).toEqual([]);
});

test('transfer-21: a token service that the user approved is sent the password, and its redirect is not followed', async () => {
  const attacker = await startServer(TOKEN);
  const service = await startServer({
    'GET /token': { status: 307, headers: { location: `${attacker.url}/token` } },
  });
  const registry = await challenging(`${service.url}/token`);
  const client = clientOf(registry, { credentials, approvedHosts: [service.host, attacker.host] });
  await expect(collect(listTags(client, 'a'))).rejects.toMatchObject({ code: 'invalidResponse' });
  expect(service.seen[0]?.headers.authorization).toMatch(/^Basic /);
  expect(attacker.seen).toEqual([]);
});

test('transfer-21: a registry of one account is not trusted with the token of another', async () => {
  const first = await startServer(BASIC_V2);
  const second = await startServer({ 'GET /v2/': { body: {} } });
  await signedIn(first);
  await ping(clientOf(second));
  expectNoSecret(second);
});

test('a host that we are sent to needs a certificate of an authority we trust', async () => {
  const mine = await makeCertificates();
  const foreign = await makeCertificates();
  const storage = await startServer(
    { 'GET /bucket': { body: content } },
    { tls: foreign.server, name: 'localhost' },
  );
  const registry = await startServer(
    { [`GET ${blob}`]: { status: 307, headers: { location: `${storage.url}/bucket` } } },
    { tls: mine.server },
  );
  const tls = {
    verify: true,
    authorities: mine.authority,
    clientCertificate: mine.client.certificate,
    clientKey: mine.client.key,
  };
  const client = clientOf(registry, { tls, approvedHosts: [storage.host] });
  await expect(download(client)).rejects.toMatchObject({ code: 'tlsUntrusted' });
});
