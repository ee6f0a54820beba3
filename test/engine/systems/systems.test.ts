import { expect, test } from 'vitest';
import { putManifest } from '../../../src-main/engine/index.ts';
import { recognise } from '../../../src-main/engine/registry/identify.ts';
import { PRODUCTS } from '../../../src-main/engine/systems/index.ts';
import type { Evidence, SystemId } from '../../../src-main/engine/vocabulary/products.ts';
import { runDeleteStep } from '../../support/delete.ts';
import { makeImage } from '../../support/images.ts';
import { identificationOf, listRepositories, ping } from '../../support/registry.ts';
import { clientOf, collect, failureOf, type Seen, startServer } from '../../support/server.ts';

interface Told {
  readonly host?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly realm?: string;
  readonly service?: string;
}

const API = { 'docker-distribution-api-version': 'registry/2.0' };

test.each<[Told, SystemId, Evidence, string?]>([
  [{ host: 'docker.io' }, 'dockerHub', 'host'],
  [{ host: 'ghcr.io' }, 'ghcr', 'host'],
  [{ host: 'quay.io' }, 'quay', 'host'],
  [{ host: '123456789012.dkr.ecr.eu-west-1.amazonaws.com' }, 'ecr', 'host'],
  [{ host: 'me.azurecr.io' }, 'acr', 'host'],
  [{ host: 'europe-docker.pkg.dev' }, 'gar', 'host'],
  [{ host: 'eu.gcr.io' }, 'gar', 'host'],
  [{ host: 'evil-ghcr.io', headers: API }, 'distribution', 'protocol'],
  [{ host: 'ghcr.io.evil.example' }, 'generic', 'nothing'],
  [{ headers: { server: 'Nexus/3.68.1-02 (OSS)' } }, 'nexus', 'header', '3.68.1-02'],
  [{ headers: { 'gitlab-container-registry-version': '4.1.0-gitlab' } }, 'gitlab', 'header', '4.1.0-gitlab'],
  [{ headers: { 'x-jfrog-version': 'Artifactory/7.77.5 77705900' } }, 'artifactory', 'header', '7.77.5'],
  [
    { realm: 'https://h.example/service/token', service: 'harbor-registry', headers: API },
    'harbor',
    'tokenService',
  ],
  [
    { realm: 'https://g.example/jwt/auth', service: 'container_registry', headers: API },
    'gitlab',
    'tokenService',
  ],
  [
    { realm: 'https://g.example/v2/token', service: 'container_registry', headers: API },
    'gitea',
    'tokenService',
  ],
  [{ headers: { ...API, server: 'wharfinger' } }, 'wharfinger', 'header'],
  [{ headers: API }, 'distribution', 'protocol'],
  [
    { headers: { ...API, 'content-type': 'application/json; charset=utf-8' } },
    'distribution',
    'protocol',
    '2',
  ],
  [{ headers: { ...API, 'content-type': 'application/json' } }, 'distribution', 'protocol', '3'],
  [{}, 'generic', 'nothing'],
])('%j is %s, by its %s', ({ host = 'r.example:5000', headers = {}, realm, service }, id, by, version) => {
  const tokenService = realm === undefined ? undefined : { realm: new URL(realm), service };
  const { product, ...recognised } = recognise({ host, header: (name) => headers[name], tokenService });
  expect(product.id).toBe(id);
  expect(recognised).toEqual({ by, ...(version === undefined ? {} : { version }) });
});

test('every product has its own id, and says when bytes become free', () => {
  for (const [id, product] of Object.entries(PRODUCTS)) {
    expect(product.id).toBe(id);
    const { when, frees, seen } = product.facts.garbageCollection;
    // Of an unknown product nothing is said; of any other what frees its bytes, and where that is seen.
    expect([id, frees.length > 0, seen.length > 0]).toEqual([id, id !== 'generic', id !== 'generic']);
    if (id === 'generic') expect(when).toBe('unknown');
  }
  expect(PRODUCTS.distribution.facts.garbageCollection.when).toBe('offline');
  expect(PRODUCTS.harbor.facts.garbageCollection.when).toBe('online');
  expect(PRODUCTS.generic.facts.garbageCollection.when).toBe('unknown');
});

test('Harbor: repositories come from its own API, and a tag goes by it, with the password and no registry token', async () => {
  const image = await makeImage();
  const basic = `Basic ${Buffer.from('robot$ci:secret').toString('base64')}`;
  const tagged = new Set(['1', '2']);
  const guarded =
    (answer: (seen: Seen) => object) =>
    (seen: Seen): object =>
      seen.headers.authorization === 'Bearer harbor-token'
        ? answer(seen)
        : {
            status: 401,
            headers: {
              'www-authenticate': `Bearer realm="http://${seen.headers.host}/service/token",service="harbor-registry"`,
            },
          };
  const byPassword =
    (answer: (seen: Seen) => object) =>
    (seen: Seen): object =>
      seen.headers.authorization === basic ? answer(seen) : { status: 401 };
  const manifest = (tag: string) =>
    guarded(() =>
      tagged.has(tag)
        ? {
            headers: { 'content-type': image.mediaType, 'docker-content-digest': image.digest },
            body: image.bytes,
          }
        : { status: 404 },
    );
  const names = Array.from({ length: 130 }, (_, index) => ({ name: `proj/app-${index}` }));
  const artifact = `/api/v2.0/projects/proj/repositories/team%252Fapp/artifacts/${image.digest}`;
  const registry = await startServer({
    'GET /v2/': guarded(() => ({ body: {} })),
    'GET /service/token': { body: { token: 'harbor-token' } },
    'GET /v2/_catalog': guarded(() => ({ status: 403, body: { errors: [{ code: 'DENIED' }] } })),
    'GET /api/v2.0/repositories': byPassword(({ url }) => {
      const page = Number(new URL(url, 'http://x').searchParams.get('page'));
      return {
        headers: { 'content-type': 'application/json' },
        // The last one of the first page is the first one of the second: a repository was pushed meanwhile.
        body: JSON.stringify(names.slice((page - 1) * 99, (page - 1) * 99 + 100)),
      };
    }),
    'HEAD /v2/proj/team/app/manifests/1': manifest('1'),
    'HEAD /v2/proj/team/app/manifests/2': manifest('2'),
    [`GET /v2/proj/team/app/manifests/${image.digest}`]: manifest('2'),
    [`DELETE ${artifact}/tags/1`]: byPassword(() => {
      tagged.delete('1');
      return { status: 200 };
    }),
  });
  const client = clientOf(registry, {
    credentials: { kind: 'password', username: 'robot$ci', password: 'secret' },
  });
  expect((await ping(client)).system).toBe('harbor');
  expect(await collect(listRepositories(client))).toEqual(names.map(({ name }) => name));
  const step = { kind: 'deleteTag', tag: '1', digest: image.digest, siblings: ['2'] } as const;
  expect(await runDeleteStep(client, 'proj/team/app', step)).toBe('deleted');
  expect([...tagged]).toEqual(['2']);
});

test('B9: a push to Harbor without a project is reported as that, a fault elsewhere as a fault', async () => {
  const image = await makeImage();
  const bearer = 'Bearer realm="/service/token",service="harbor-registry"';
  const push = async (name: string, challenge?: string) => {
    const registry = await startServer({
      'GET /v2/': challenge === undefined ? {} : { status: 401, headers: { 'www-authenticate': challenge } },
      'GET /service/token': { body: { token: 'harbor-token' } },
      [`PUT /v2/${name}/manifests/1`]: { status: 500 },
    });
    const { client } = identificationOf(clientOf(registry));
    return await failureOf(putManifest(client, name, '1', image));
  };
  expect(await push('app', bearer)).toMatchObject({
    code: 'notFound',
    status: 500,
    reason: expect.stringContaining('PROJECT/app'),
  });
  expect(await push('team/app', bearer)).toMatchObject({ code: 'registryFailed' });
  expect(await push('app')).toMatchObject({ code: 'registryFailed' });
});
