import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { listRepositories, ping, planDeletion, runDeleteSteps } from '../../../src-main/engine/index.ts';
import { automatic } from '../../../src-main/engine/product/collection.ts';
import type { Product } from '../../../src-main/engine/product/product.ts';
import { clientReader } from '../../../src-main/engine/reading/reader.ts';
import { deletionOf } from '../../../src-main/engine/registry/policy.ts';
import { Identification } from '../../../src-main/engine/registry/registry.ts';
import { PRODUCTS } from '../../../src-main/engine/systems/index.ts';
import { SYSTEMS } from '../../../src-main/engine/vocabulary/products.ts';
import { makeImage } from '../../support/images.ts';
import { clientOf, collect, startServer } from '../../support/server.ts';

/** All that there is to a product: what would be in its folder. */
const dummy: Product = {
  id: 'dummy',
  recognise: ({ header }) => {
    const version = header('x-dummy');
    return version === undefined ? undefined : { by: 'header', version };
  },
  facts: {
    lists: 'no',
    deletes: 'yes',
    deletesTagAlone: 'no',
    referrers: 'no',
    garbageCollection: automatic(),
    countsPulls: true,
  },
  abilities: (client) => ({
    repositories: {
      async *list() {
        yield ['only/one'];
      },
    },
    tags: {
      async delete({ repository, tag }) {
        const url = `/dummy/${repository}/${tag}`;
        await (await client.request({ method: 'DELETE', url, expect: [204] })).dump();
      },
    },
  }),
};

test('a product is its folder and its line in one list: lists, policy, plans and deletions go by what it says of itself', async () => {
  const image = await makeImage();
  const tagged = new Set(['1', '2']);
  const manifest = (tag: string) => () =>
    tagged.has(tag)
      ? {
          headers: { 'content-type': image.mediaType, 'docker-content-digest': image.digest },
          body: image.bytes,
        }
      : { status: 404 };
  const registry = await startServer({
    'GET /v2/': { headers: { 'x-dummy': '7' }, body: {} },
    'GET /v2/only/one/tags/list': () => ({ body: { tags: [...tagged] } }),
    'HEAD /v2/only/one/manifests/1': manifest('1'),
    'HEAD /v2/only/one/manifests/2': manifest('2'),
    [`GET /v2/only/one/manifests/${image.digest}`]: manifest('2'),
    'DELETE /dummy/only/one/1': () => {
      tagged.delete('1');
      return { status: 204 };
    },
  });
  const client = clientOf(registry);
  const products = [...Object.values(PRODUCTS), dummy];
  const identified = await new Identification(client, { products }).registry();
  expect(identified).toMatchObject({ product: { id: 'dummy' }, version: '7', by: 'header' });
  await ping(identified);
  expect(await collect(listRepositories(identified))).toEqual(['only/one']);
  // Known, and so not tried: the server would fail the test.
  expect(await deletionOf(identified, 'only/one')).toEqual({ digest: 'yes', tag: 'yes' });
  const reader = clientReader(client);
  const plan = await planDeletion(identified, reader, 'only/one', { tags: ['1'] });
  expect(plan).toMatchObject({
    tagsAlone: [{ tag: '1', siblings: ['2'] }],
    garbageCollection: { when: 'automatic' },
    countsPulls: true,
  });
  await runDeleteSteps(identified, reader, 'only/one', plan.steps);
  expect([...tagged]).toEqual(['2']);
});

test('no code compares with the name of a product', () => {
  const root = path.resolve(import.meta.dirname, '../../..');
  const compares = new RegExp(`(?:[!=]==?|\\bcase) ['"](?:${SYSTEMS.join('|')})['"]`);
  const found = ['src-main', 'src-renderer'].flatMap((folder) =>
    readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.tsx?$/.test(file))
      .flatMap((file) => {
        const lines = readFileSync(path.join(root, folder, file), 'utf8').split('\n');
        return lines.filter((line) => compares.test(line)).map((line) => `${file}: ${line.trim()}`);
      }),
  );
  // How the embedded registry calls itself in a header.
  expect(found).toEqual([expect.stringContaining("header('server') === 'wharfinger'")]);
});
