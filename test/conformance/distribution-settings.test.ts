import { expect, test } from 'vitest';
import { type Registry, takesWrites } from '../../src-main/engine/index.ts';
import { type Configuration, SETTINGS } from '../../src-main/engine/systems/distribution/settings.ts';
import { type DockerRegistrySetup, startDockerRegistry } from '../support/docker-registry.ts';
import { freePort } from '../support/free-port.ts';
import { makeImage } from '../support/images.ts';
import { describeWithPeer } from '../support/peers.ts';
import { plainRequest, push } from '../support/push.ts';
import { identificationOf } from '../support/registry.ts';
import { clientOf } from '../support/server.ts';

interface Started {
  more?: object;
  environment?: Readonly<Record<string, string>>;
  debugUrl?: string;
  setup?: DockerRegistrySetup;
}

const REFUSED = { digest: 'no', tag: 'no' } as const;

/** What is told from the outside of each setting, at a real one that has it. */
function settings(program: string, version: string): void {
  const start = async ({ setup = 'deleteDisabled', debugUrl, ...changes }: Started = {}) => {
    const { url, target } = await startDockerRegistry(setup, { 'docker-registry': program }, changes);
    const client = clientOf({ url }, debugUrl === undefined ? {} : { debugUrl });
    const registry = await identificationOf(client).registry();
    return { registry, target, url };
  };
  const statesOf = async ({ abilities }: Registry, repository?: string) => {
    const found = (await abilities.advice?.read(repository, undefined)) ?? [];
    return Object.fromEntries(found.map(({ name, state }) => [name, state]));
  };

  test('its version is told by its reply', async () => {
    const { registry } = await start();
    expect(registry).toMatchObject({ product: { id: 'distribution' }, by: 'protocol', version });
  });

  test('deletion that is off is told from one that is on; nothing is left of the probe', async () => {
    const { registry, target } = await start();
    await push(await makeImage(), target, 'team/app', 'one');
    expect(await takesWrites(registry, REFUSED, 'team/app')).toBe('yes');
    expect(await statesOf(registry, 'team/app')).toMatchObject({ deletion: 'off', pullThroughCache: 'off' });
    const on = await start({
      setup: 'deleteDisabled',
      environment: SETTINGS.deletion.environment,
    });
    await push(await makeImage(), on.target, 'team/app', 'one');
    expect(await statesOf(on.registry, 'team/app')).toMatchObject({
      deletion: 'on',
      pullThroughCache: 'off',
    });
  });

  test('a pull-through cache is known as one, set by its file or its environment', async () => {
    const { url, target } = await start();
    await push(await makeImage(), target, 'team/app', 'one');
    const { registry } = await start({ more: { proxy: { remoteurl: url } } });
    expect(await takesWrites(registry, REFUSED, 'team/app')).toBe('cache');
    expect(await statesOf(registry)).toMatchObject({ deletion: 'unknown', pullThroughCache: 'on' });
    const byVariable = await start({ environment: { REGISTRY_PROXY_REMOTEURL: url } });
    expect(await takesWrites(byVariable.registry, REFUSED, undefined)).toBe('cache');
  });

  test('one in maintenance is told from a cache', async () => {
    const { registry } = await start({
      more: { storage: { maintenance: { readonly: { enabled: true } } } },
    });
    expect(await takesWrites(registry, REFUSED, undefined)).toBe('readOnly');
  });

  test('its debug port says how it is, what a cache has done, and to whom it reports', async () => {
    const source = await start();
    await push(await makeImage(), source.target, 'team/app', 'one');
    const debugUrl = `http://127.0.0.1:${await freePort()}`;
    const { registry, target } = await start({
      more: {
        http: { debug: { ...SETTINGS.debugPort.configuration.http.debug, addr: new URL(debugUrl).host } },
        proxy: { remoteurl: source.url },
      },
      debugUrl,
    });
    await plainRequest(target, '/v2/team/app/manifests/one');
    const self = await registry.abilities.self?.describe(undefined);
    expect(self?.health).toEqual([{ name: 'registry', healthy: true }]);
    expect(self?.unread).toEqual([]);
    expect(self?.statistics.memoryUsed).toBeGreaterThan(1_000_000);
    expect(self?.statistics.requests).toBeGreaterThan(0);
    expect(self?.statistics.cacheRequests).toBeGreaterThan(0);
    expect(await statesOf(registry)).toMatchObject({ debugPort: 'on' });
  });

  test('it starts with each advised part of a configuration, and each of its variables', async () => {
    const parts: Configuration[] = [
      SETTINGS.uploadPurging.configuration,
      SETTINGS.notifications.configuration,
      SETTINGS.deletion.configuration,
    ];
    for (const more of parts) await start({ more });
    const debugUrl = `http://127.0.0.1:${await freePort()}`;
    const environment = {
      ...SETTINGS.debugPort.environment,
      REGISTRY_HTTP_DEBUG_ADDR: new URL(debugUrl).host,
    };
    const { registry } = await start({ environment, debugUrl });
    expect(await statesOf(registry)).toMatchObject({ debugPort: 'on' });
  });
}

describeWithPeer('docker-registry', 'settings of distribution 2.8', (programs) =>
  settings(programs['docker-registry'], '2'),
);
describeWithPeer('distribution-3', 'settings of distribution 3', (programs) =>
  settings(programs['distribution-3'], '3'),
);
