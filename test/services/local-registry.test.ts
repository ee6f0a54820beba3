import { createServer } from 'node:net';
import path from 'node:path';
import { expect, test } from 'vitest';
import { SettingsFile } from '../../src-main/data/index.ts';
import { whenFinished } from '../support/cleanup.ts';
import { freePort } from '../support/free-port.ts';
import { temporaryFolder } from '../support/temporary.ts';
import { all, testCore } from './support/core.ts';

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
  expect(core.localRegistry.state()).toEqual({ running: false, folder: path.join(home, 'local-registry') });
  const { state, account } = await core.localRegistry.start({ samples: true });
  expect(state).toEqual({
    running: true,
    url: `http://127.0.0.1:${port}`,
    folder: path.join(home, 'local-registry'),
    accountId: account.id,
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
