import { expect, test } from 'vitest';
import type { Core, RegistryHandle } from '../../src-main/services/index.ts';
import { makeImage } from '../support/images.ts';
import { startTestRegistry } from '../support/local-registry.ts';
import { push } from '../support/push.ts';
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
