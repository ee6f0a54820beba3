import { expect, test } from 'vitest';
import { isExempt, proxyFor, proxyUser } from '../../../src-main/engine/http/proxy.ts';
import { makeCertificates } from '../../support/certificates.ts';
import { freePort } from '../../support/free-port.ts';
import { startProxy } from '../../support/proxy.ts';
import { ping } from '../../support/registry.ts';
import { clientOf, startServer } from '../../support/server.ts';

const url = (text: string): URL => new URL(text);

test('the system proxy follows scheme, NO_PROXY and the lower-case names', () => {
  const environment = {
    HTTPS_PROXY: 'http://secure.example:3128',
    http_proxy: 'plain.example:8080',
    NO_PROXY: '.internal, exact.example ,10.0.0.1:5000',
  };
  const proxied = (text: string): string | undefined =>
    proxyFor(url(text), { kind: 'system' }, environment)?.host;
  expect(proxied('https://r.example')).toBe('secure.example:3128');
  expect(proxied('http://r.example')).toBe('plain.example:8080');
  expect(proxied('https://a.internal')).toBeUndefined();
  expect(proxied('https://exact.example')).toBeUndefined();
  expect(proxied('https://10.0.0.1:5000')).toBeUndefined();
  expect(proxied('https://10.0.0.1')).toBe('secure.example:3128');
  for (const own of ['http://localhost:5000', 'http://127.0.0.1', 'https://[::1]:5000'])
    expect(proxied(own)).toBeUndefined();
});

test.each([
  ['*', 'https://r.example', true],
  ['r.example', 'https://r.example', true],
  ['r.example', 'https://sub.r.example', true],
  ['r.example', 'https://other-r.example', false],
  ['*.r.example', 'https://sub.r.example', true],
  ['r.example:443', 'https://r.example', true],
  ['r.example:444', 'https://r.example', false],
  ['::1', 'http://[::1]:80', true],
  ['10.0.0.0/8', 'https://10.9.8.7:5000', true],
  ['10.0.0.0/8', 'https://11.0.0.1', false],
  ['other.example, 192.168.0.0/24', 'http://192.168.0.255', true],
  ['192.168.0.0/24', 'http://192.168.1.0', false],
  ['10.1.2.3', 'http://10.1.2.3', true],
  ['0.0.0.0/0', 'http://8.8.8.8', true],
  ['fd00::/8', 'http://[fd12::1]:5000', true],
  ['fd00::/8', 'http://[fe12::1]', false],
  ['10.0.0.0/8', 'http://ten.example', false],
  ['10.0.0.0/33', 'http://10.0.0.1', false],
  ['10.0.0.0/', 'http://10.0.0.1', false],
  ['r.example/8', 'http://r.example', false],
  ['', 'https://r.example', false],
  [',,', 'https://r.example', false],
])('NO_PROXY %j and %s: %s', (list, target, exempt) => {
  expect(isExempt(url(target), list)).toBe(exempt);
});

test('a proxy of the account is used for everything, none for nothing', () => {
  const environment = { HTTPS_PROXY: 'http://a.example' };
  expect(proxyFor(url('http://localhost'), { kind: 'url', url: 'http://p.example:1' }, {})?.host).toBe(
    'p.example:1',
  );
  expect(proxyFor(url('https://r.example'), { kind: 'none' }, environment)).toBeUndefined();
  for (const bad of ['ftp://x', 'socks4://x', 'http://', '::'])
    expect(() => proxyFor(url('https://r.example'), { kind: 'url', url: bad }, {})).toThrow(
      expect.objectContaining({ code: 'invalidAddress' }),
    );
});

test.each([
  ['http://ann:50%25off@p.example', '50%off'],
  ['http://ann:50%off@p.example', '50%off'],
  ['http://ann:%@p.example', '%'],
  ['http://ann:%E4%BD%A0%zz@p.example', '你%zz'],
  ['http://ann:%ff@p.example', '%ff'],
  ['socks5://ann:a%40b@p.example', 'a@b'],
  ['http://ann@p.example', ''],
])('B6: the password of %s is %s', (text, password) => {
  const proxy = proxyFor(url('https://r.example'), { kind: 'url', url: text }, {});
  expect(proxy && proxyUser(proxy)).toEqual({ name: 'ann', password });
});

const V2 = { 'GET /v2/': { headers: { 'docker-distribution-api-version': 'registry/2.0' }, body: {} } };

test('plain http goes through the proxy without a tunnel', async () => {
  const [registry, proxy] = [await startServer(V2), await startProxy()];
  await ping(clientOf(registry, { proxy: { kind: 'url', url: proxy.url } }));
  expect(new Set(proxy.lines)).toEqual(new Set([`GET ${registry.url}/v2/`]));
});

test('https goes through a tunnel, verified to the registry', async () => {
  const { authority, server } = await makeCertificates();
  const [registry, proxy] = [await startServer(V2, { tls: server }), await startProxy('me:pass')];
  const signedIn = { kind: 'url', url: proxy.url.replace('http://', 'http://me:pass@') } as const;
  const tls = { verify: true, authorities: authority };
  await ping(clientOf(registry, { proxy: signedIn, tls }));
  expect(proxy.lines).toEqual([`CONNECT ${registry.host}`]);
  await expect(ping(clientOf(registry, { proxy: signedIn }))).rejects.toMatchObject({ code: 'tlsUntrusted' });
});

test('the proxy of the environment is used', async () => {
  const [registry, proxy] = [await startServer(V2), await startProxy()];
  // `proxy: system` never takes this machine's own addresses through a proxy, which the first client shows.
  const environment = { HTTP_PROXY: proxy.url };
  await ping(clientOf(registry, { proxy: { kind: 'system' }, environment }));
  expect(proxy.lines).toEqual([]);
  await expect(
    ping(
      clientOf(
        { url: 'http://registry.invalid' },
        { proxy: { kind: 'system' }, environment, retry: { tries: 1 } },
      ),
    ),
  ).rejects.toMatchObject({ code: 'registryFailed', status: 502 });
  expect(proxy.lines).toEqual(['GET http://registry.invalid/v2/']);
});

test('a proxy that is not there, or wants to know who asks, is reported as the proxy', async () => {
  const { authority, server } = await makeCertificates();
  const [plain, secure] = [await startServer(V2), await startServer(V2, { tls: server })];
  const asking = await startProxy('me:pass');
  const tls = { verify: true, authorities: authority };
  const dead = { kind: 'url', url: `http://127.0.0.1:${await freePort()}` } as const;
  for (const registry of [plain, secure]) {
    await expect(ping(clientOf(registry, { proxy: dead, tls }))).rejects.toMatchObject({
      code: 'proxyFailed',
    });
    const anonymous = { kind: 'url', url: asking.url } as const;
    await expect(ping(clientOf(registry, { proxy: anonymous, tls }))).rejects.toMatchObject({
      code: 'proxyFailed',
    });
  }
});
