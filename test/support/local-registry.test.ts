import { expect, test } from 'vitest';
import { makeImage, makeMultiPlatform } from './images.ts';
import { startTestRegistry } from './local-registry.ts';
import { plainRequest, push } from './push.ts';

const unexpected = 'requests that the test did not expect';

test('takes images and gives them back', async () => {
  const registry = await startTestRegistry();
  const image = await makeMultiPlatform();
  await push(image, registry, 'team/app', '1.0');
  const reply = await plainRequest(registry, '/v2/team/app/manifests/1.0', {
    headers: { accept: image.mediaType },
  });
  expect(reply.body.equals(image.bytes)).toBe(true);
  expect(registry.requests.at(-1)).toMatchObject({
    method: 'GET',
    path: '/v2/team/app/manifests/1.0',
    status: 200,
  });
});

test('a request outside the declared list is a failure, one inside is not', async () => {
  const registry = await startTestRegistry();
  await push(await makeImage(), registry, 'a/b', '1'); // before the declaration: not looked at
  registry.expectOnly('GET /v2/', 'GET /v2/*/b/tags/list', 'HEAD /v2/**');
  for (const path of ['/v2/', '/v2/a/b/tags/list?n=1']) await plainRequest(registry, path);
  await plainRequest(registry, '/v2/a/b/manifests/1', { method: 'HEAD' });
  registry.checkRequests();
  await plainRequest(registry, '/v2/a/b/manifests/1', { method: 'DELETE' });
  expect(() => registry.checkRequests()).toThrow(unexpected);
  await plainRequest(registry, '/v2/a/c/b/tags/list');
  expect(() => registry.checkRequests()).toThrow('GET /v2/a/c/b/tags/list → 404');
});

test('a failure of the registry is a failure of the test, unless it was injected', async () => {
  const registry = await startTestRegistry();
  registry.inject({ kind: 'status', status: 503, when: { times: 1 } });
  expect((await plainRequest(registry, '/v2/')).status).toBe(503);
  registry.checkRequests();
});
