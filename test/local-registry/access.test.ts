import { beforeAll, describe, expect, test } from 'vitest';
import type { AccessNeed, RegistryAuth } from '../../src-main/local-registry/index.ts';
import { makeCertificates, type TestCertificates } from '../support/certificates.ts';
import { startTestRegistry } from '../support/local-registry.ts';
import { temporaryFolder } from '../support/temporary.ts';
import { call, digestOf, expectError, OCI_INDEX } from './client.ts';

const index = Buffer.from('{"schemaVersion":2,"manifests":[]}');

describe('Basic', () => {
  const users = { robot$ci: 'pass:word', other: '' };
  const basic = (user: string, password: string) => ({
    authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`,
  });

  test.each([
    ['robot$ci', 'pass:word'],
    ['other', ''],
  ])('lets %s in', async (user, password) => {
    const registry = await startTestRegistry({ auth: { kind: 'basic', users } });
    const answer = await call(registry, 'GET', '/v2/', { headers: basic(user, password) });
    expect(answer.status).toBe(200);
  });

  test.each([
    ['nothing', {}],
    ['a wrong password', basic('robot$ci', 'wrong')],
    ['no password', basic('robot$ci', '')],
    ['an unknown user', basic('nobody', '')],
    ['a name of Object', basic('constructor', '')],
    ['another scheme', { authorization: 'Bearer x' }],
    ['no base64', { authorization: 'Basic %%%' }],
  ])('asks again for %s', async (_, headers) => {
    const registry = await startTestRegistry({ auth: { kind: 'basic', users } });
    for (const path of ['/v2/', '/v2/_catalog', '/v2/app/manifests/v1']) {
      const answer = await call(registry, 'GET', path, { headers });
      expectError(answer, 401, 'UNAUTHORIZED');
      expect(answer.headers['www-authenticate']).toMatch(/^Basic realm="[^"]+"/);
    }
  });
});

describe('tokens', () => {
  const realm = 'https://auth.test/token';

  async function start(verify: (token: string, need: AccessNeed) => 'ok' | 'invalid' | 'insufficient') {
    const auth: RegistryAuth = { kind: 'token', realm, service: 'registry.test', verify };
    const registry = await startTestRegistry({ auth });
    await registry.storage.putManifest('team/app', 'v1', OCI_INDEX, index);
    return registry;
  }

  const digest = digestOf(index);
  const session = '/v2/team/app/blobs/uploads/00000000-0000-0000-0000-000000000000';
  test.each([
    ['GET', '/v2/', ''],
    ['GET', '/v2/_catalog', 'registry:catalog:*'],
    ['GET', '/v2/team/app/tags/list', 'repository:team/app:pull'],
    ['HEAD', '/v2/team/app/manifests/v1', 'repository:team/app:pull'],
    ['GET', `/v2/team/app/blobs/${digest}`, 'repository:team/app:pull'],
    ['GET', `/v2/team/app/referrers/${digest}`, 'repository:team/app:pull'],
    ['PUT', '/v2/team/app/manifests/v2', 'repository:team/app:pull,push'],
    ['POST', '/v2/team/app/blobs/uploads/', 'repository:team/app:pull,push'],
    ['PATCH', session, 'repository:team/app:pull,push'],
    ['GET', session, 'repository:team/app:pull,push'],
    ['DELETE', '/v2/team/app/manifests/v1', 'repository:team/app:delete'],
    ['DELETE', `/v2/team/app/blobs/${digest}`, 'repository:team/app:delete'],
  ])('%s %s challenges with the scope "%s" and asks for just that', async (method, path, scope) => {
    const seen: string[] = [];
    const registry = await start((token, { type, name, actions }) => {
      seen.push(`${token} ${actions.length === 0 ? '' : `${type}:${name}:${actions.join(',')}`}`);
      return 'insufficient';
    });
    const challenge = `Bearer realm="${realm}",service="registry.test"${scope && `,scope="${scope}"`}`;
    const without = await call(registry, method, path);
    expect(without.status).toBe(401);
    expect(without.headers['www-authenticate']).toBe(challenge);
    expect(seen).toEqual([]);
    const headers = { authorization: 'Bearer abc' };
    const tooLittle = await call(registry, method, path, { headers });
    expect(tooLittle.status).toBe(401);
    expect(tooLittle.headers['www-authenticate']).toBe(`${challenge},error="insufficient_scope"`);
    expect(seen).toEqual([`abc ${scope}`]);
  });

  test('that are good are enough; bad ones are refused as such', async () => {
    const registry = await start((token) => (token === 'good' ? 'ok' : 'invalid'));
    const path = '/v2/team/app/tags/list';
    const good = await call(registry, 'GET', path, { headers: { authorization: 'bearer good' } });
    expect(good.json()).toEqual({ name: 'team/app', tags: ['v1'] });
    const bad = await call(registry, 'GET', path, { headers: { authorization: 'Bearer bad' } });
    expectError(bad, 401, 'UNAUTHORIZED');
    expect(bad.headers['www-authenticate']).toContain('error="invalid_token"');
  });

  test('mount only from what they may pull, else an upload begins', async () => {
    const registry = await start((token, { name }) =>
      token === 'both' || name === 'team/app' ? 'ok' : 'insufficient',
    );
    const blob = await registry.storage.putBlob('secret/base', Buffer.from('secret'));
    const mount = (token: string, query: string) =>
      call(registry, 'POST', `/v2/team/app/blobs/uploads/?mount=${blob}${query}`, {
        headers: { authorization: `Bearer ${token}` },
      });
    expect((await mount('one', '&from=secret/base')).status).toBe(202);
    expect((await mount('one', '')).status).toBe(202);
    expect((await mount('both', '')).status).toBe(202);
    expect((await mount('both', '&from=secret/base')).status).toBe(201);
  });
});

describe('TLS', () => {
  let certificates: TestCertificates;
  beforeAll(async () => {
    certificates = await makeCertificates();
  });

  function server(): { cert: string; key: string } {
    return { cert: certificates.server.certificate, key: certificates.server.key };
  }

  test('is spoken with the certificate given', async () => {
    const registry = await startTestRegistry({ tls: server() });
    expect(registry.url).toBe(`https://127.0.0.1:${registry.port}`);
    const answer = await call(registry, 'GET', '/v2/', { tls: { ca: certificates.authority } });
    expect(answer.status).toBe(200);
    await expect(call(registry, 'GET', '/v2/')).rejects.toMatchObject({
      code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
    });
  });

  test('wants a client certificate where an authority is given', async () => {
    const registry = await startTestRegistry({ tls: { ...server(), ca: certificates.authority } });
    const { certificate: cert, key } = certificates.client;
    const ca = certificates.authority;
    expect((await call(registry, 'GET', '/v2/', { tls: { ca, cert, key } })).status).toBe(200);
    await expect(call(registry, 'GET', '/v2/', { tls: { ca } })).rejects.toThrow();
    const other = (await makeCertificates()).client;
    const stranger = { ca, cert: other.certificate, key: other.key };
    await expect(call(registry, 'GET', '/v2/', { tls: stranger })).rejects.toThrow();
    expect(registry.requests).toHaveLength(1);
  });

  test('resets connections when asked to, and closes with some open', async () => {
    const registry = await startTestRegistry({ tls: server() });
    registry.inject({ when: {}, kind: 'reset' });
    const tls = { ca: certificates.authority };
    await expect(call(registry, 'GET', '/v2/', { tls })).rejects.toMatchObject({ code: 'ECONNRESET' });
    registry.clearFaults();
    registry.inject({ when: {}, kind: 'stall', afterBytes: 1 });
    const waiting = expect(call(registry, 'GET', '/v2/', { tls })).rejects.toThrow();
    await expect.poll(() => registry.requests.length).toBe(2);
    await registry.close();
    await waiting;
  });

  test('fails to start with a certificate that is none, and frees the folder', async () => {
    const tls = { cert: 'no', key: 'no' };
    const folder = await temporaryFolder();
    await expect(startTestRegistry({ folder, tls })).rejects.toThrow();
    await startTestRegistry({ folder });
  });
});
