import { expect, test } from 'vitest';
import { planDeletion } from '../../../src-main/engine/index.ts';
import { clientReader } from '../../../src-main/engine/reading/reader.ts';
import { deletionOf, lists } from '../../../src-main/engine/registry/policy.ts';
import type { Registry } from '../../../src-main/engine/registry/registry.ts';
import { PRODUCTS } from '../../../src-main/engine/systems/index.ts';
import type { SystemId } from '../../../src-main/engine/vocabulary/products.ts';
import { makeImage } from '../../support/images.ts';
import { clientOf, failureOf, type Routes, startServer } from '../../support/server.ts';

/** A registry that is this product, with the routes it may be asked; any other request fails the test. */
async function registryThatIs(id: SystemId, routes: Routes = {}) {
  const server = await startServer(routes);
  const client = clientOf(server);
  const product = PRODUCTS[id];
  const registry: Registry = { client, product, by: 'header', abilities: product.abilities?.(client) ?? {} };
  return { registry, server };
}

test('what a product is known to do is not tried, and an ability of its own counts as done', async () => {
  for (const [id, expected] of [
    ['gitlab', { digest: 'yes', tag: 'yes' }],
    // Not by the protocol: by its own API.
    ['harbor', { digest: 'yes', tag: 'yes' }],
    ['dockerHub', { digest: 'no', tag: 'no' }],
  ] as const) {
    const { registry } = await registryThatIs(id);
    expect(await deletionOf(registry, 'a'), id).toEqual(expected);
  }
});

test('what depends on its configuration is tried on what cannot exist', async () => {
  const { registry, server } = await registryThatIs('distribution', { 'DELETE *': { status: 405 } });
  expect(await deletionOf(registry, 'a')).toEqual({ digest: 'no', tag: 'no' });
  expect(server.lines()).toHaveLength(1);
});

test('the rights of an account are tried also where the product can do it', async () => {
  const { registry } = await registryThatIs('gitlab', { 'DELETE *': { status: 403 } });
  expect(await deletionOf(registry, 'a', { rights: true })).toEqual({ digest: 'denied', tag: 'yes' });
});

test('there is a list where the protocol or an API of its own has one', async () => {
  const found = await Promise.all(
    (['dockerHub', 'distribution', 'harbor', 'generic'] as const).map(async (id) =>
      lists((await registryThatIs(id)).registry),
    ),
  );
  expect(found).toEqual(['no', 'yes', 'yes', 'unknown']);
});

test('a plan where nothing can be deleted says whether that is a setting or the product', async () => {
  const image = await makeImage();
  const manifest = {
    headers: { 'content-type': image.mediaType, 'docker-content-digest': image.digest },
    body: image.bytes,
  };
  const tags: Routes = {
    'GET /v2/a/tags/list': { body: { tags: ['1'] } },
    'HEAD /v2/a/manifests/1': manifest,
    [`GET /v2/a/manifests/${image.digest}`]: manifest,
  };
  const why = async (id: SystemId, more: Routes = {}) => {
    const { registry } = await registryThatIs(id, { ...tags, ...more });
    return await failureOf(planDeletion(registry, clientReader(registry.client), 'a', { tags: ['1'] }));
  };
  expect(await why('ghcr')).toMatchObject({
    code: 'unsupported',
    reason: expect.stringContaining('through the registry protocol'),
  });
  expect(await why('distribution', { 'DELETE *': { status: 405 } })).toMatchObject({
    code: 'unsupported',
    reason: expect.stringContaining('turned off'),
  });
});
