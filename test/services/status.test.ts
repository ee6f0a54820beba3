import { expect, test, vi } from 'vitest';
import { DataError } from '../../src-main/data/index.ts';
import { makeImage } from '../support/images.ts';
import { startTestRegistry } from '../support/local-registry.ts';
import { push } from '../support/push.ts';
import { addAccount, all, settingsFor, testCore } from './support/core.ts';

// On a busy machine threads and registries take a while to start.
vi.setConfig({ testTimeout: 60_000 });

const HOUR = 3_600_000;

/** A core whose clock can be put forward. */
async function coreWithClock() {
  let ahead = 0;
  const core = await testCore({ now: () => new Date(Date.now() + ahead) });
  const status = (id: string) => core.catalog.status(id, () => core.accounts.handle(id));
  return { core, status, wait: (milliseconds: number) => (ahead += milliseconds) };
}

test('a registry that answers is reachable; it is not asked again as long as that is new', async () => {
  const registry = await startTestRegistry();
  await push(await makeImage(), registry, 'team/app', '1');
  const { core, status, wait } = await coreWithClock();
  const { id } = await addAccount(core, registry);
  const first = await status(id);
  expect(first).toEqual({ state: 'reachable', answered: expect.any(String) });
  const asked = registry.requests.length;
  expect(asked).toBeGreaterThan(0);
  await status(id);
  expect(registry.requests).toHaveLength(asked);

  wait(HOUR);
  await status(id);
  expect(registry.requests.length).toBeGreaterThan(asked);
});

test('what was listed is counted, and whoever was just asked for something else is not asked', async () => {
  const registry = await startTestRegistry();
  await push(await makeImage(), registry, 'team/app', '1');
  const { core, status } = await coreWithClock();
  const { id } = await addAccount(core, registry);
  const handle = await core.accounts.handle(id);
  // A repository that was opened says nothing of how many there are.
  await all(core.catalog.tags(handle, 'team/app'));
  expect(await status(id)).toEqual({ state: 'reachable', answered: expect.any(String) });
  await all(core.catalog.repositories(handle));
  const asked = registry.requests.length;
  expect(await status(id)).toMatchObject({ state: 'reachable', repositories: 1 });
  expect(registry.requests).toHaveLength(asked);
});

test('registries are asked one after the other', async () => {
  const registries = await Promise.all([startTestRegistry(), startTestRegistry(), startTestRegistry()]);
  const { core, status } = await coreWithClock();
  const ids: string[] = [];
  for (const registry of registries) ids.push((await addAccount(core, registry)).id);
  const askedSoFar = () => registries.map(({ requests }) => requests.length);
  const atOpening: number[][] = [];
  await Promise.all(
    ids.map((id, index) => {
      registries[index]?.inject({ kind: 'latency', ms: 50, when: { path: /v2/ } });
      return core.catalog.status(id, () => {
        atOpening.push(askedSoFar());
        return core.accounts.handle(id);
      });
    }),
  );
  const [first = 0, second = 0] = askedSoFar();
  expect(atOpening).toEqual([
    [0, 0, 0],
    [first, 0, 0],
    [first, second, 0],
  ]);
  for (const id of ids) expect(await status(id)).toMatchObject({ state: 'reachable' });
});

test('one that is gone is not reachable, with what is known of it', async () => {
  const registry = await startTestRegistry();
  await push(await makeImage(), registry, 'team/app', '1');
  const { core, status, wait } = await coreWithClock();
  const { id } = await addAccount(core, registry);
  await all(core.catalog.repositories(await core.accounts.handle(id)));
  await registry.close();
  wait(HOUR);
  const { failure, ...rest } = await status(id);
  expect(rest).toEqual({ state: 'unreachable', answered: expect.any(String), repositories: 1 });
  expect(failure?.code).toBe('connectionRefused');
});

test('one that answered a moment ago and does not any more is looked at again', async () => {
  const registry = await startTestRegistry();
  await push(await makeImage(), registry, 'team/app', '1');
  const { core, status } = await coreWithClock();
  const { id } = await addAccount(core, registry);
  const handle = await core.accounts.handle(id);
  await all(core.catalog.repositories(handle));
  expect(await status(id)).toMatchObject({ state: 'reachable' });
  await registry.close();
  await expect(all(core.catalog.tags(handle, 'team/app'))).rejects.toThrow();
  expect(await status(id)).toMatchObject({ state: 'unreachable' });
});

test('a wrong password is given once, and again only when somebody opens the registry or changes the account', async () => {
  const registry = await startTestRegistry({ auth: { kind: 'basic', users: { ann: 'secret' } } });
  const { core, status, wait } = await coreWithClock();
  const settings = settingsFor(registry.url, { signIn: { kind: 'password', username: 'ann' } });
  const { id } = await core.accounts.add(settings, { password: 'wrong' });
  expect(await status(id)).toMatchObject({ state: 'signedOut', failure: { code: 'unauthorized' } });
  const asked = registry.requests.length;
  wait(24 * HOUR);
  expect(await status(id)).toMatchObject({ state: 'signedOut' });
  expect(registry.requests).toHaveLength(asked);

  await core.catalog.overview(await core.accounts.handle(id)).catch(() => undefined);
  const visited = registry.requests.length;
  await status(id);
  expect(registry.requests.length).toBeGreaterThan(visited);

  await core.accounts.update(id, settings, { password: 'secret' });
  expect(await status(id)).toMatchObject({ state: 'reachable' });
});

test('a locked keychain is asked once', async () => {
  const { core, wait } = await coreWithClock();
  const registry = await startTestRegistry();
  const { id } = await addAccount(core, registry);
  const open = vi.fn(() => Promise.reject(new DataError('keychainLocked')));
  for (let time = 0; time < 2; time++) {
    expect(await core.catalog.status(id, open)).toMatchObject({ state: 'signedOut' });
    wait(HOUR);
  }
  expect(open).toHaveBeenCalledTimes(1);
});

test('of an account that is not there nothing is known', async () => {
  const { status } = await coreWithClock();
  await expect(status(crypto.randomUUID())).rejects.toMatchObject({ code: 'accountUnknown' });
});
