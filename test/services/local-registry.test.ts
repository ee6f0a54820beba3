import { createServer as createHttpServer } from 'node:http';
import { createServer } from 'node:net';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { SettingsFile } from '../../src-main/data/index.ts';
import { whenFinished } from '../support/cleanup.ts';
import { freePort } from '../support/free-port.ts';
import { makeMultiPlatform } from '../support/images.ts';
import { basicAuthorization, plainRequest } from '../support/push.ts';
import { temporaryFolder } from '../support/temporary.ts';
import { all, TestKeychain, testCore } from './support/core.ts';

/** A home whose local registry prefers a port that is free, so that tests do not meet on the usual one. */
async function homeWithPort(): Promise<{ home: string; port: number }> {
  const home = await temporaryFolder();
  const port = await freePort();
  new SettingsFile({ folder: home, exclusively: (work) => work() }).update(({ localRegistry }) => {
    localRegistry.port = port;
  });
  return { home, port };
}

test('starts with samples and one account, which browses them', async () => {
  const { home, port } = await homeWithPort();
  const core = await testCore({ home });
  const about = {
    folder: path.join(home, 'local-registry'),
    options: { signIn: false, containers: false, sparseIndexes: false },
    copiesPassword: false,
  };
  expect(core.localRegistry.state()).toEqual({ running: false, ...about });
  const { state, account } = await core.localRegistry.start({ samples: true });
  expect(state).toEqual({
    running: true,
    url: `http://127.0.0.1:${port}`,
    accountId: account.id,
    ...about,
  });
  expect(account).toMatchObject({ name: 'Local registry', url: state.url });
  const handle = await core.accounts.handle(account.id);
  const pages = await all(core.catalog.repositories(handle));
  expect(pages.at(-1)?.count).toBeGreaterThan(3);
  // Again: the same one, and nothing twice.
  expect((await core.localRegistry.start({ samples: true })).account.id).toBe(account.id);
  expect(core.accounts.list()).toHaveLength(1);
  expect(await core.localRegistry.stop()).toMatchObject({ running: false, accountId: account.id });
  await expect(all(core.catalog.repositories(handle))).rejects.toMatchObject({ code: 'connectionRefused' });
});

test('takes another port when its own is taken, and its account moves along', async () => {
  const { home, port } = await homeWithPort();
  const core = await testCore({ home });
  const first = await core.localRegistry.start({ samples: false });
  await core.localRegistry.stop();
  const squatter = createServer();
  await new Promise<void>((resolve) => squatter.listen(port, '127.0.0.1', resolve));
  whenFinished(() => new Promise((resolve) => squatter.close(resolve)));
  const second = await core.localRegistry.start({ samples: false });
  expect(second.state.url).not.toBe(first.state.url);
  expect(second.account).toMatchObject({ id: first.account.id, url: second.state.url });
  expect(core.accounts.list()).toHaveLength(1);
});

test('has its account made again when it was removed, and lets a person keep its lock', async () => {
  const { home } = await homeWithPort();
  const core = await testCore({ home });
  const { account } = await core.localRegistry.start({ samples: false });
  core.accounts.setReadOnly(account.id, true);
  expect((await core.localRegistry.start({ samples: false })).account.readOnly).toBe(true);
  await core.accounts.remove(account.id);
  expect((await core.localRegistry.start({ samples: false })).account.id).not.toBe(account.id);
});

test('runs again with the app if it ran when the app ended, and not after it was stopped', async () => {
  const { home, port } = await homeWithPort();
  const desktop = () => testCore({ home, host: 'desktop' });
  const first = await desktop();
  await first.localRegistry.start({ samples: false });
  await first.close();
  const second = await desktop();
  expect(second.localRegistry.state()).toMatchObject({ running: true, url: `http://127.0.0.1:${port}` });
  await second.localRegistry.stop();
  await second.close();
  expect((await desktop()).localRegistry.state().running).toBe(false);
});

test('that another process of the same home runs is used as it is', async () => {
  const { home, port } = await homeWithPort();
  const app = await testCore({ home, host: 'desktop' });
  const { account } = await app.localRegistry.start({ samples: true });
  const cli = await testCore({ home });
  const started = await cli.localRegistry.start({ samples: false });
  expect(started).toMatchObject({
    state: { running: true, url: `http://127.0.0.1:${port}`, elsewhere: true },
    account: { id: account.id },
  });
  await expect(cli.localRegistry.stop()).rejects.toMatchObject({ code: 'busy' });
  await cli.close();
  expect(await all(app.catalog.repositories(await app.accounts.handle(account.id)))).not.toEqual([]);
});

describe('S11: its sign-in', () => {
  const status = async (url: string | undefined, password?: string) => {
    const authorization = password === undefined ? undefined : basicAuthorization('wharfinger', password);
    const target = { url: url ?? '', ...(authorization && { authorize: () => authorization }) };
    return (await plainRequest(target, '/v2/_catalog')).status;
  };

  test('is one switch: the password is made, kept in the keychain and used by its account', async () => {
    const { home, port } = await homeWithPort();
    const copied: string[] = [];
    const keychain = new TestKeychain();
    const open = () => testCore({ home, keychain, copyText: (text) => copied.push(text) });
    const core = await open();
    await core.localRegistry.start({ samples: true });
    await expect(core.localRegistry.copyPassword()).rejects.toMatchObject({ code: 'invalidInput' });
    const state = await core.localRegistry.change({ signIn: true });
    expect(state).toMatchObject({
      running: true,
      url: `http://127.0.0.1:${port}`,
      options: { signIn: true },
    });
    await core.localRegistry.copyPassword();
    const [password = ''] = copied;
    expect(password.length).toBeGreaterThanOrEqual(20);
    expect([...keychain.entries.values()]).toContain(password);
    expect(await status(state.url)).toBe(401);
    expect(await status(state.url, 'wrong')).toBe(401);
    expect(await status(state.url, password)).toBe(200);
    const handle = await core.accounts.handle(state.accountId ?? '');
    expect((await all(core.catalog.repositories(handle))).at(-1)?.count).toBeGreaterThan(3);
    await core.close();

    const again = await open();
    await again.localRegistry.start({ samples: false });
    expect(await again.localRegistry.signIn()).toEqual({ username: 'wharfinger', password });
    const off = await again.localRegistry.change({ signIn: false });
    expect(await status(off.url)).toBe(200);
    expect(again.accounts.list()).toMatchObject([{ signIn: { kind: 'anonymous' } }]);
    expect([...keychain.entries.values()]).not.toContain(password);
  });

  test('lasts for the session where no keychain answers', async () => {
    const { home } = await homeWithPort();
    const keychain = new TestKeychain();
    keychain.failure = new Error('no keychain');
    const core = await testCore({ home, keychain });
    await core.localRegistry.change({ signIn: true });
    const { state } = await core.localRegistry.start({ samples: false });
    const made = await core.localRegistry.signIn();
    expect(await status(state.url, made?.password)).toBe(200);
    await core.close();
    const next = await testCore({ home, keychain });
    const again = await next.localRegistry.start({ samples: false });
    expect((await next.localRegistry.signIn())?.password).not.toBe(made?.password);
    expect(await status(again.state.url, (await next.localRegistry.signIn())?.password)).toBe(200);
  });
});

test('B12, B2d: containers and sparse indexes are let in by switches of their own', async () => {
  const { home } = await homeWithPort();
  const core = await testCore({ home });
  const { state } = await core.localRegistry.start({ samples: false });
  const target = { url: state.url ?? '' };
  const reach = () => plainRequest(target, '/v2/', { headers: { host: 'host.docker.internal:5050' } });
  const whole = await makeMultiPlatform();
  const sparse = () =>
    plainRequest(target, '/v2/app/manifests/v1', {
      method: 'PUT',
      headers: { 'content-type': whole.mediaType },
      body: whole.bytes,
    });
  expect([(await reach()).status, (await sparse()).status]).toEqual([403, 404]);
  await core.localRegistry.change({ containers: true, sparseIndexes: true });
  expect([(await reach()).status, (await sparse()).status]).toEqual([200, 201]);
});

test('S11: a program that took its port and says it is a registry of ours is not believed', async () => {
  const { home, port } = await homeWithPort();
  const core = await testCore({ home });
  await core.localRegistry.start({ samples: false });
  const squatter = createHttpServer((_, response) => response.setHeader('server', 'wharfinger').end('{}'));
  const cli = await testCore({ home });
  // The folder is held by a registry that moved to another port; on the usual one somebody else answers.
  await core.localRegistry.stop();
  await new Promise<void>((resolve) => squatter.listen(port, '127.0.0.1', resolve));
  whenFinished(() => void squatter.close());
  await core.localRegistry.start({ samples: false });
  new SettingsFile({ folder: home, exclusively: (work) => work() }).update(({ localRegistry }) => {
    localRegistry.port = port;
  });
  await expect(cli.localRegistry.start({ samples: false })).rejects.toMatchObject({ code: 'busy' });
  expect(cli.localRegistry.state().running).toBe(false);
});
