import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { Core, RegistryHandle } from '../../src-main/services/index.ts';
import { makeImage } from '../support/images.ts';
import { startTestRegistry } from '../support/local-registry.ts';
import { push } from '../support/push.ts';
import { startServer } from '../support/server.ts';
import { addAccount, all, settingsFor, testCore } from './support/core.ts';

/** What commands and pages ask of a registry that never was looked over. */
const ASKING: Readonly<Record<string, (core: Core, handle: RegistryHandle) => Promise<unknown>>> = {
  repositories: ({ catalog }, handle) => all(catalog.repositories(handle)),
  'lines of tags': ({ catalog }, handle) => all(catalog.tagDetails(handle, 'team/app', ['1.0'])),
  'a deletion plan': ({ deletion }, handle) => deletion.planFor(handle, 'team/app', ['1.0']),
};

test.each(Object.keys(ASKING))(
  'B2: the product found is kept with the account, found by %s',
  async (asked) => {
    const registry = await startTestRegistry();
    await push(await makeImage(), registry, 'team/app', '1.0');
    const core = await testCore();
    const { id } = await addAccount(core, registry);
    await ASKING[asked]?.(core, await core.accounts.handle(id));
    expect(core.accounts.list()).toMatchObject([{ id, system: 'wharfinger' }]);
  },
);

test('B2: the product is kept where flags stand beside the account, and of its own address only', async () => {
  const registry = await startTestRegistry();
  const core = await testCore();
  const { id } = await addAccount(core, registry);
  const handle = await core.accounts.forHost(registry.url, { approvedHosts: ['storage.internal'] });
  expect(handle.place).toMatchObject({ account: id });
  // Edited meanwhile: what is found of the old address says nothing of the new one.
  await core.accounts.update(id, settingsFor('https://registry.example.com'), {});
  await all(core.catalog.repositories(handle));
  expect(core.accounts.list()).toMatchObject([{ id, system: 'generic' }]);
  await core.accounts.update(id, settingsFor(registry.url), {});
  const again = await core.accounts.forHost(registry.url, { approvedHosts: ['other.internal'] });
  await all(core.catalog.repositories(again));
  expect(core.accounts.list()).toMatchObject([{ id, system: 'wharfinger' }]);
});

test('B2: the product that the host name identifies is kept without a request', async () => {
  const core = await testCore();
  const { id } = await core.accounts.add(settingsFor('https://ghcr.io'), {});
  await core.accounts.handle(id);
  expect(core.accounts.list()).toMatchObject([{ id, system: 'ghcr' }]);
});

test('how and when the product was found is kept with the account, and not written at each look', async () => {
  const gitlab = await startServer({
    'GET /v2/': { headers: { 'gitlab-container-registry-version': '4.1.0' }, body: {} },
    'GET /v2/_catalog': { body: { repositories: [] } },
  });
  let now = new Date('2026-01-01T10:00:00Z');
  const { id, home } = await addedAccount(gitlab, () => now);
  const kept = { by: 'header', version: '4.1.0', at: '2026-01-01T10:00:00.000Z' };
  expect(await storedAt(home, id)).toMatchObject({ system: 'gitlab', product: kept });
  now = new Date('2026-01-01T12:00:00Z');
  await listAgain(home, id, () => now);
  expect(await storedAt(home, id)).toMatchObject({ product: kept });
  now = new Date('2026-01-03T12:00:00Z');
  await listAgain(home, id, () => now);
  expect(await storedAt(home, id)).toMatchObject({ product: { ...kept, at: now.toISOString() } });
  const core = await testCore({ home });
  await core.accounts.update(id, settingsFor('https://registry.example.com'), {});
  const moved = await storedAt(home, id);
  expect(moved).toMatchObject({ system: 'generic' });
  expect(moved).not.toHaveProperty('product');
});

test('a registry that is another product by now is identified again when it is looked over', async () => {
  let version = '4.1.0';
  let product: 'gitlab' | 'nexus' = 'gitlab';
  const registry = await startServer({
    'GET /v2/': () => ({
      headers:
        product === 'gitlab' ? { 'gitlab-container-registry-version': version } : { server: 'Nexus/3.70.0' },
      body: {},
    }),
    'GET /v2/_catalog': { body: { repositories: [] } },
    // A port of its own for one repository answers nothing else.
    'GET /service/rest/v1/repositories': { status: 404 },
    'GET /nexus/service/rest/v1/repositories': { status: 404 },
    'DELETE *': { status: 405 },
  });
  const core = await testCore();
  const { id } = await addAccount(core, registry);
  const overview = async () => core.catalog.overview(await core.accounts.handle(id));
  expect(await overview()).toMatchObject({ system: 'gitlab', version: '4.1.0' });
  const looked = registry.lines().length;
  await overview();
  // Only what any overview asks: nothing is identified anew that is what it was.
  expect(
    registry
      .lines()
      .slice(looked)
      .filter((line) => line === 'GET /v2/'),
  ).toHaveLength(1);
  version = '4.2.0';
  expect(await overview()).toMatchObject({ system: 'gitlab', version: '4.2.0' });
  product = 'nexus';
  expect(await overview()).toMatchObject({ system: 'nexus', version: '3.70.0' });
  expect(core.accounts.list()).toMatchObject([{ id, system: 'nexus' }]);
});

test('what a registry says of itself to those only who are signed in is kept, too', async () => {
  const gitlab = await startServer({
    'GET /v2/': ({ headers }) =>
      headers.authorization === 'Bearer t'
        ? { headers: { 'gitlab-container-registry-version': '4.1.0' }, body: {} }
        : {
            status: 401,
            headers: {
              'www-authenticate': `Bearer realm="http://${headers.host}/jwt/auth",service="container_registry"`,
            },
          },
    'GET /jwt/auth': { body: { token: 't' } },
    'GET /v2/_catalog': { body: { repositories: [] } },
  });
  const core = await testCore();
  const { id } = await addAccount(core, gitlab);
  const overview = async () => core.catalog.overview(await core.accounts.handle(id));
  for (const _ of [1, 2]) expect(await overview()).toMatchObject({ system: 'gitlab', version: '4.1.0' });
  expect(await storedAt(core.home, id)).toMatchObject({ product: { by: 'header', version: '4.1.0' } });
});

test('an odd record of how a product was found costs itself only', async () => {
  const core = await testCore();
  const { id } = await core.accounts.add(settingsFor('https://registry.example.com'), {});
  const file = path.join(core.home, 'settings.json');
  const content = JSON.parse(await readFile(file, 'utf8'));
  content.accounts[0].system = 'harbor';
  content.accounts[0].product = { by: 'a crystal ball' };
  await core.close();
  await writeFile(file, JSON.stringify(content));
  expect((await testCore({ home: core.home })).accounts.list()).toMatchObject([{ id, system: 'harbor' }]);
});

test('a registry that cannot be identified is read as what it was, and nothing is deleted there', async () => {
  let odd = false;
  const harbor = await startServer({
    'GET /v2/': ({ headers }) => {
      if (odd) return { status: 404, headers: { 'content-type': 'text/html' }, body: '<html>' };
      return {
        status: 401,
        headers: {
          'www-authenticate': `Bearer realm="http://${headers.host}/service/token",service="harbor-registry"`,
        },
      };
    },
    'GET /api/v2.0/repositories': { body: [{ name: 'team/web' }] },
  });
  const { id, home } = await addedAccount(harbor, () => new Date());
  odd = true;
  expect(await listAgain(home, id, () => new Date())).toEqual(['team/web']);
  const core = await testCore({ home });
  const handle = await core.accounts.handle(id);
  await expect(core.deletion.planFor(handle, 'team/web', ['1'])).rejects.toMatchObject({
    code: 'notARegistry',
  });
  expect(core.accounts.list()).toMatchObject([{ id, system: 'harbor' }]);
});

async function listAgain(home: string, id: string, now: () => Date): Promise<string[]> {
  const core = await testCore({ home, now });
  const pages = await all(core.catalog.repositories(await core.accounts.handle(id)));
  await core.close();
  return pages.flatMap(({ repositories }) => repositories.map(({ name }) => name));
}

async function addedAccount(registry: { readonly url: string }, now: () => Date) {
  const core = await testCore({ now });
  const { id } = await addAccount(core, registry);
  await core.close();
  await listAgain(core.home, id, now);
  return { id, home: core.home };
}

async function storedAt(home: string, id: string): Promise<object | undefined> {
  const { accounts } = JSON.parse(await readFile(path.join(home, 'settings.json'), 'utf8'));
  return accounts.find((account: { id: string }) => account.id === id);
}
