import { expect, test } from 'vitest';
import { startDockerRegistry } from '../support/docker-registry.ts';
import { makeImage } from '../support/images.ts';
import { describeWithPeer } from '../support/peers.ts';
import { push } from '../support/push.ts';
import { addAccount, settingsFor, testCore } from './support/core.ts';

describeWithPeer('docker-registry', 'Distribution', (programs) => {
  test('a pull-through cache is no place to write to, until it is none any more', async () => {
    const source = await startDockerRegistry('deleteDisabled', programs);
    const cache = await startDockerRegistry('deleteDisabled', programs, {
      more: { proxy: { remoteurl: source.url } },
    });
    const core = await testCore();
    const account = await addAccount(core, cache);
    const overview = async () => await core.catalog.overview(await core.accounts.handle(account.id));
    const kept = () => core.accounts.list().find(({ id }) => id === account.id)?.takesNoWrites;
    expect(kept()).toBeUndefined();
    const found = await overview();
    expect(found.abilities.push).toBe('no');
    expect(found.sources.push).toBe('asked');
    expect(found.version).toBe('2');
    expect(found.warnings).toContain('pullThroughCache');
    expect(found.warnings).not.toContain('deleteDisabled');
    expect(kept()).toBe('cache');

    const image = await makeImage();
    await push(image, source.target, 'team/app', '1');
    const copy = {
      source: { repository: 'team/app', reference: '1' },
      target: { repository: 'team/copy', tag: '1' },
    };
    const from = await addAccount(core, source);
    const [one, other] = [await core.accounts.handle(from.id), await core.accounts.handle(account.id)];
    await expect(core.transfers.planCopies(one, other, [copy])).rejects.toMatchObject({
      code: 'proxyCache',
      side: 'target',
      reason: expect.stringContaining('a cache of another registry'),
    });
    await core.accounts.remove(from.id);

    await core.accounts.update(account.id, settingsFor(source.url), {});
    expect((await overview()).abilities.push).toBe('yes');
    expect(kept()).toBeUndefined();
  });

  test('its configuration is advised on, and a debug port that is silent is said to be unknown', async () => {
    const registry = await startDockerRegistry('deleteDisabled', programs);
    const core = await testCore();
    const account = await core.accounts.add(
      { ...settingsFor(registry.url), debugUrl: 'http://127.0.0.1:1' },
      {},
    );
    const handle = await core.accounts.handle(account.id);
    expect(await core.products.managed(handle)).toMatchObject({ system: 'distribution', advises: true });
    const advice = await core.products.advice(handle);
    expect(advice.map(({ name, state }) => [name, state])).toEqual([
      ['deletion', 'off'],
      ['uploadPurging', 'unknown'],
      ['pullThroughCache', 'off'],
      ['notifications', 'unknown'],
      ['debugPort', 'unknown'],
    ]);
    expect(advice[0]).toMatchObject({
      file: 'storage:\n  delete:\n    enabled: true',
      environment: ['REGISTRY_STORAGE_DELETE_ENABLED=true'],
    });
    await expect(core.products.describe(handle)).rejects.toMatchObject({ code: 'connectionRefused' });
  });
});
