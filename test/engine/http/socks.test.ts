import { expect, test } from 'vitest';
import { listTags } from '../../../src-main/engine/index.ts';
import { makeCertificates } from '../../support/certificates.ts';
import { freePort } from '../../support/free-port.ts';
import { startTestRegistry } from '../../support/local-registry.ts';
import { ping } from '../../support/registry.ts';
import { clientOf, collect, failureOf, startServer } from '../../support/server.ts';
import { type SocksServer, startSocksServer } from '../../support/socks-server.ts';

const V2 = { 'GET /v2/': { headers: { 'docker-distribution-api-version': 'registry/2.0' }, body: {} } };

const through = ({ port }: Pick<SocksServer, 'port'>, scheme: string, user = '') =>
  ({ kind: 'url', url: `${scheme}://${user}127.0.0.1:${port}` }) as const;

test('B6: socks5h asks the proxy for a name that is known there only, as an address of the environment too', async () => {
  const [registry, socks] = [await startServer(V2, { name: 'registry.invalid' }), await startSocksServer()];
  await ping(clientOf(registry, { proxy: through(socks, 'socks5h') }));
  const environment = { ALL_PROXY: `socks5h://127.0.0.1:${socks.port}` };
  await ping(clientOf(registry, { proxy: { kind: 'system' }, environment }));
  expect(new Set(socks.asked)).toEqual(new Set([`domain ${registry.host}`]));
});

test.each(['socks5', 'socks'])('B6: %s resolves names here', async (scheme) => {
  const [registry, socks] = [await startServer(V2, { name: 'localhost' }), await startSocksServer()];
  await ping(clientOf(registry, { proxy: through(socks, scheme) }));
  const [asked = ''] = socks.asked;
  expect(asked).toMatch(/^address .*:\d+$/);
  const unknown = clientOf({ url: 'http://registry.invalid' }, { proxy: through(socks, scheme) });
  await expect(ping(unknown, { tries: 1 })).rejects.toMatchObject({ code: 'hostUnknown' });
  expect(socks.asked.every((line) => line.startsWith('address '))).toBe(true);
});

test('B6: https goes through it, verified to the registry by its name', async () => {
  const { authority, server } = await makeCertificates();
  const registry = await startServer(V2, { tls: server, name: 'localhost' });
  const socks = await startSocksServer({ user: 'me:50%off' });
  for (const scheme of ['socks5', 'socks5h']) {
    const proxy = through(socks, scheme, 'me:50%off@');
    await ping(clientOf(registry, { proxy, tls: { verify: true, authorities: authority } }));
    await expect(ping(clientOf(registry, { proxy }))).rejects.toMatchObject({ code: 'tlsUntrusted' });
  }
  expect(new Set(socks.users)).toEqual(new Set(['me:50%off']));
});

test('B6: many requests share few connections, and a list comes whole', async () => {
  const registry = await startTestRegistry();
  const socks = await startSocksServer();
  const client = clientOf(registry, { proxy: through(socks, 'socks5h'), requestConcurrency: 4 });
  await Promise.all(Array.from({ length: 40 }, () => ping(client)));
  await expect(collect(listTags(client, 'none'))).rejects.toMatchObject({ code: 'notFound' });
  expect(socks.asked.length).toBeLessThan(20);
});

test.each<[string, string, (registry: string) => Promise<number>]>([
  ['is not there', '', () => freePort()],
  ['refuses', '', async () => (await startSocksServer({ refusal: 2 })).port],
  ['wants to know who asks', '', async () => (await startSocksServer({ user: 'me:right' })).port],
  ['does not know who asks', 'me:MARKER@', async () => (await startSocksServer({ user: 'me:right' })).port],
  ['is a web server', '', async (registry) => Number(new URL(registry).port)],
])('B6: a SOCKS proxy that %s is reported as the proxy, without its password', async (_, user, portOf) => {
  const registry = await startServer(V2);
  const proxy = through({ port: await portOf(registry.url) }, 'socks5h', user);
  const client = clientOf(registry, { proxy, timeouts: { connect: 2_000 } });
  const failure = await failureOf(ping(client, { tries: 1 }));
  expect(failure).toMatchObject({ code: 'proxyFailed' });
  const { cause } = failure as Error;
  expect(`${failure} ${JSON.stringify(failure)} ${cause} ${JSON.stringify(cause)}`).not.toContain('MARKER');
});

test.each(['socks5', 'socks5h'])(
  'transfer-22: through %s, too, a registry sends nobody to private or metadata addresses',
  async (scheme) => {
    const socks = await startSocksServer();
    for (const realm of [
      'http://169.254.169.254/token',
      'http://127.0.0.1:1/token',
      'http://localhost:1/token',
    ]) {
      const registry = await startServer({
        'GET /v2/a/tags/list': { status: 401, headers: { 'www-authenticate': `Bearer realm="${realm}"` } },
      });
      const client = clientOf(registry, { proxy: through(socks, scheme) });
      await expect(collect(listTags(client, 'a'))).rejects.toMatchObject({ code: 'addressRefused' });
    }
    expect(socks.asked.every((line) => !line.includes('169.254') && !line.endsWith(':1'))).toBe(true);
  },
);
