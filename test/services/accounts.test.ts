import { createPrivateKey } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { proxyUser } from '../../src-main/engine/index.ts';
import { makeCertificates } from '../support/certificates.ts';
import { makeImage } from '../support/images.ts';
import { startTestRegistry } from '../support/local-registry.ts';
import { basicAuthorization, push } from '../support/push.ts';
import { temporaryFolder } from '../support/temporary.ts';
import { all, settingsFor, TestKeychain, testCore } from './support/core.ts';

const PASSWORD = 'MARKER-correct-horse';
const signIn = { kind: 'password', username: 'ann' } as const;

test('an account is completed, kept without its secret, and found again by the next core', async () => {
  const home = await temporaryFolder();
  const keychain = new TestKeychain();
  const core = await testCore({ home, keychain });
  const added = await core.accounts.add(settingsFor('registry.test:8443', { signIn }), {
    password: PASSWORD,
  });
  expect(added).toMatchObject({
    url: 'https://registry.test:8443',
    host: 'registry.test:8443',
    secrets: 'keychain',
    insecure: 'no',
    system: 'generic',
  });
  // No one is on the way to this machine.
  expect((await core.accounts.add(settingsFor('localhost:5000'), {})).insecure).toBe('no');
  expect((await core.accounts.add(settingsFor('http://10.0.0.7:5000'), {})).insecure).toBe('plainHttp');
  expect(readFileSync(path.join(home, 'settings.json'), 'utf8')).not.toContain('MARKER');
  expect([...keychain.entries.values()]).toEqual([PASSWORD]);
  const next = await testCore({ home, keychain });
  expect(next.accounts.list()).toEqual(core.accounts.list());
});

test('the same registry and user is refused, another user of it is not', async () => {
  const core = await testCore();
  const add = (url: string, username: string) =>
    core.accounts.add(settingsFor(url, { signIn: { kind: 'password', username } }), { password: 'x' });
  await add('registry.test', 'ann');
  await expect(add('https://REGISTRY.test/', 'ann')).rejects.toMatchObject({ code: 'accountExists' });
  await add('registry.test', 'bob');
  const other = await add('http://registry.test', 'ann');
  await expect(
    core.accounts.update(other.id, settingsFor('https://registry.test', { signIn }), {}),
  ).rejects.toMatchObject({ code: 'accountExists' });
  expect(core.accounts.list()).toHaveLength(3);
});

test.each([
  ['not a url at all', 'invalidAddress'],
  ['ftp://registry.test', 'invalidAddress'],
  ['https://ann:secret@registry.test', 'invalidAddress'],
  ['https://registry.test/path', 'invalidAddress'],
])('the address "%s" is refused', async (url, code) => {
  const core = await testCore();
  await expect(core.accounts.add(settingsFor(url), {})).rejects.toMatchObject({ code });
  expect(core.accounts.list()).toEqual([]);
});

test('an edit keeps secrets it does not name, replaces, removes and never sends them elsewhere', async () => {
  const keychain = new TestKeychain();
  const core = await testCore({ keychain });
  const { id } = await core.accounts.add(settingsFor('registry.test', { signIn }), { password: PASSWORD });
  const update = (
    changes: Parameters<typeof settingsFor>[1],
    password?: string,
    url = 'https://registry.test',
  ) => core.accounts.update(id, settingsFor(url, changes), { password });
  expect(await update({ signIn, name: 'New name' })).toMatchObject({ name: 'New name', secrets: 'keychain' });
  expect([...keychain.entries.values()]).toEqual([PASSWORD]);
  await update({ signIn }, 'other');
  expect([...keychain.entries.values()]).toEqual(['other']);
  expect(await update({ signIn }, undefined, 'https://elsewhere.test')).toMatchObject({ secrets: 'none' });
  expect(keychain.entries.size).toBe(0);
  await update({ signIn }, 'third', 'https://elsewhere.test');
  expect(await update({ signIn: { kind: 'anonymous' } }, undefined, 'https://elsewhere.test')).toMatchObject({
    secrets: 'none',
  });
  expect(keychain.entries.size).toBe(0);
});

test('the password of a proxy is a secret of the keychain and not a part of its URL', async () => {
  const home = await temporaryFolder();
  const keychain = new TestKeychain();
  const core = await testCore({ home, keychain });
  const proxy = { kind: 'url', url: 'http://ann:MARKER%40@proxy.test:3128' } as const;
  const account = await core.accounts.add(settingsFor('registry.test', { proxy }), {});
  expect(account.proxy).toEqual({ kind: 'url', url: 'http://proxy.test:3128' });
  expect([...keychain.entries.values()]).toEqual(['ann:MARKER@']);
  expect(readFileSync(path.join(home, 'settings.json'), 'utf8')).not.toContain('MARKER');
  await core.accounts.update(account.id, account, {});
  expect(keychain.entries.size).toBe(1);
  await core.accounts.update(account.id, { ...account, proxy: { kind: 'none' } }, {});
  expect(keychain.entries.size).toBe(0);
});

test.each([
  ['http://ann:50%off@proxy.test:3128', 'http://proxy.test:3128'],
  ['socks5://ann:50%25off@proxy.test:1080', 'socks5://proxy.test:1080'],
  ['socks5h://ann:50%off@[::1]:1080', 'socks5h://[::1]:1080'],
])('B6: the proxy %s, whose password has a percent sign', async (url, kept) => {
  const core = await testCore();
  const proxy = { kind: 'url', url } as const;
  const account = await core.accounts.add(settingsFor('registry.test', { proxy }), {});
  expect(account.proxy).toEqual({ kind: 'url', url: kept });
  const used = (await core.accounts.handle(account.id)).client.proxy();
  expect(used && proxyUser(used)).toEqual({ name: 'ann', password: '50%off' });
});

test.each(['ftp://proxy.test', 'socks4://proxy.test:1080', 'not a url'])(
  'the proxy "%s" is refused',
  async (url) => {
    const core = await testCore();
    const settings = settingsFor('registry.test', { proxy: { kind: 'url', url } });
    await expect(core.accounts.add(settings, {})).rejects.toMatchObject({ code: 'invalidAddress' });
  },
);

test('what the file could not be read with is not written into it', async () => {
  const core = await testCore();
  const signIn = { kind: 'password', username: 'a'.repeat(600) } as const;
  await expect(core.accounts.add(settingsFor('registry.test', { signIn }), {})).rejects.toMatchObject({
    code: 'invalidInput',
    reason: expect.stringContaining('signIn.username'),
  });
  expect(core.accounts.list()).toEqual([]);
});

test('accounts are ordered, locked, and given repositories by name', async () => {
  const core = await testCore();
  const ids: string[] = [];
  for (const name of ['a', 'b', 'c']) ids.push((await core.accounts.add(settingsFor(`${name}.test`), {})).id);
  expect(core.accounts.reorder([...ids].reverse()).map(({ id }) => id)).toEqual([...ids].reverse());
  for (const wrong of [ids.slice(1), [...ids, ids[0] ?? ''], [ids[0] ?? '', ids[0] ?? '', ids[1] ?? '']]) {
    expect(() => core.accounts.reorder(wrong)).toThrow(expect.objectContaining({ code: 'invalidInput' }));
  }
  const [id = ''] = ids;
  expect(core.accounts.setReadOnly(id, true).readOnly).toBe(true);
  core.accounts.addRepository(id, 'team/app');
  expect(core.accounts.addRepository(id, 'team/app').repositories).toEqual(['team/app']);
  expect(() => core.accounts.addRepository(id, '../etc')).toThrow(
    expect.objectContaining({ code: 'invalidReference' }),
  );
  expect(core.accounts.removeRepository(id, 'team/app').repositories).toEqual([]);
  expect(() => core.accounts.setReadOnly(crypto.randomUUID(), true)).toThrow(
    expect.objectContaining({ code: 'accountUnknown' }),
  );
});

describe('secrets where the keychain does not answer', () => {
  test('are kept for the session, with a notice, and gone with the next core', async () => {
    const home = await temporaryFolder();
    const keychain = new TestKeychain();
    keychain.failure = new Error('Cannot create an item in a locked collection');
    const core = await testCore({ home, keychain });
    const account = await core.accounts.add(settingsFor('registry.test', { signIn }), { password: PASSWORD });
    expect(account.secrets).toBe('session');
    expect(await core.accounts.keychain()).toMatchObject({ state: 'locked' });
    expect(await core.settings.notices()).toMatchObject([{ kind: 'keychain', state: 'locked' }]);
    core.settings.dismissNotice('keychain');
    expect(await core.settings.notices()).toEqual([]);
    expect((await testCore({ home, keychain })).accounts.list()).toMatchObject([{ secrets: 'none' }]);
  });

  test('of a removed account are removed as soon as it answers again', async () => {
    const keychain = new TestKeychain();
    const core = await testCore({ keychain });
    const { id } = await core.accounts.add(settingsFor('registry.test', { signIn }), { password: PASSWORD });
    keychain.failure = new Error('locked');
    await core.accounts.remove(id);
    expect(core.accounts.list()).toEqual([]);
    keychain.failure = undefined;
    expect(keychain.entries.size).toBe(1);
    await core.accounts.add(settingsFor('other.test', { signIn }), { password: 'new' });
    expect([...keychain.entries.values()]).toEqual(['new']);
  });

  test('make asking the registry a keychain error, not a wrong password', async () => {
    const home = await temporaryFolder();
    const keychain = new TestKeychain();
    const { id } = await (await testCore({ home, keychain })).accounts.add(
      settingsFor('registry.test', { signIn }),
      {
        password: PASSWORD,
      },
    );
    keychain.failure = new Error('locked');
    const next = await testCore({ home, keychain });
    await expect(next.accounts.handle(id)).rejects.toMatchObject({ code: 'keychainLocked' });
    keychain.failure = undefined;
    expect((await next.accounts.handle(id)).username).toBe('ann');
  });
});

type Role = 'client' | 'server' | 'expired';

describe('certificates', () => {
  const made = makeCertificates();

  test('that fit are kept: text in the settings, key in the keychain', async () => {
    const { authority, client } = await made;
    const keychain = new TestKeychain();
    const core = await testCore({ keychain });
    const tls = { verify: true, authorities: authority, clientCertificate: client.certificate };
    const account = await core.accounts.add(settingsFor('registry.test', { tls }), { clientKey: client.key });
    expect(account.tls).toEqual(tls);
    expect([...keychain.entries.values()].join('')).toContain('PRIVATE KEY');
    // The stored key is checked against a new certificate.
    const { server } = await made;
    await expect(
      core.accounts.update(
        account.id,
        { ...account, tls: { ...tls, clientCertificate: server.certificate } },
        {},
      ),
    ).rejects.toMatchObject({ code: 'certificateFile', reason: expect.stringContaining('does not belong') });
  });

  test('an encrypted key needs its passphrase', async () => {
    const { client } = await made;
    const core = await testCore();
    const clientKey = createPrivateKey(client.key)
      .export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'open' })
      .toString();
    const tls = { verify: true, clientCertificate: client.certificate };
    const add = (clientKeyPassphrase?: string) =>
      core.accounts.add(settingsFor('registry.test', { tls }), { clientKey, clientKeyPassphrase });
    await expect(add()).rejects.toMatchObject({ reason: expect.stringContaining('needs its passphrase') });
    await expect(add('wrong')).rejects.toMatchObject({ reason: expect.stringContaining('passphrase') });
    await add('open');
  });

  test.each<[string, object | Role, Role | 'rubbish' | undefined, string]>([
    ['authorities that are no PEM', { authorities: 'hello' }, undefined, 'no certificate in PEM form'],
    [
      'a damaged authority',
      { authorities: '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----' },
      undefined,
      'damaged',
    ],
    ['a certificate without key', 'client', undefined, 'needs its private key'],
    ['a key without certificate', {}, 'client', 'without a client certificate'],
    ['a key of another certificate', 'client', 'server', 'does not belong'],
    ['a key that is no key', 'client', 'rubbish', 'not a key'],
    ['an expired certificate', 'expired', 'expired', 'has expired'],
  ])('%s is refused in words', async (_, tls, key, words) => {
    const certificates = await made;
    const core = await testCore();
    const clientKey = key === undefined ? undefined : key === 'rubbish' ? 'rubbish' : certificates[key].key;
    const chosen =
      typeof tls === 'string'
        ? { verify: true, clientCertificate: certificates[tls].certificate }
        : { verify: true, ...tls };
    const settings = settingsFor('registry.test', { tls: chosen });
    await expect(core.accounts.add(settings, { clientKey })).rejects.toMatchObject({
      code: 'certificateFile',
      reason: expect.stringContaining(words),
    });
    expect(core.accounts.list()).toEqual([]);
  });
});

describe('the connection test', () => {
  test('goes step by step, and says what is wrong', async () => {
    const registry = await startTestRegistry({ auth: { kind: 'basic', users: { ann: PASSWORD } } });
    await push(
      await makeImage(),
      { url: registry.url, authorize: () => basicAuthorization('ann', PASSWORD) },
      'team/app',
      '1',
    );
    const core = await testCore();
    const steps = await all(
      core.accounts.test({
        settings: settingsFor(registry.url, { signIn }),
        secrets: { password: PASSWORD },
      }),
    );
    const ended = steps.filter(({ status }) => status !== 'running');
    expect(ended.map(({ step }) => step)).toEqual(['reach', 'tls', 'protocol', 'signIn', 'list', 'delete']);
    expect(ended.filter(({ status }) => status === 'failed')).toEqual([]);
    const wrong = await all(
      core.accounts.test({ settings: settingsFor(registry.url, { signIn }), secrets: { password: 'no' } }),
    );
    expect(wrong.find(({ status }) => status === 'failed')).toMatchObject({
      step: 'signIn',
      failure: { code: 'unauthorized', message: expect.any(String) },
    });
    expect(core.accounts.list()).toEqual([]);
  });

  test('of an account uses its stored secret, but never for another address', async () => {
    const registry = await startTestRegistry({ auth: { kind: 'basic', users: { ann: PASSWORD } } });
    const thief = await startTestRegistry({ auth: { kind: 'basic', users: { ann: PASSWORD } } });
    const core = await testCore();
    const { id } = await core.accounts.add(settingsFor(registry.url, { signIn }), { password: PASSWORD });
    const test = (url: string) =>
      all(core.accounts.test({ id, settings: settingsFor(url, { signIn }), secrets: {} }));
    expect((await test(registry.url)).filter(({ status }) => status === 'failed')).toEqual([]);
    expect((await test(thief.url)).find(({ status }) => status === 'failed')).toMatchObject({
      step: 'signIn',
    });
    expect(thief.requests.every(({ headers }) => headers.authorization === undefined)).toBe(true);
  });
});

test('a changed account is used with its new sign-in at once, also when another process changed it', async () => {
  const registry = await startTestRegistry({ auth: { kind: 'basic', users: { ann: 'new' } } });
  const home = await temporaryFolder();
  const keychain = new TestKeychain();
  const core = await testCore({ home, keychain });
  const { id } = await core.accounts.add(settingsFor(registry.url, { signIn }), { password: 'old' });
  const list = async () => all(core.catalog.repositories(await core.accounts.handle(id)));
  await expect(list()).rejects.toMatchObject({ code: 'unauthorized' });
  const other = await testCore({ home, keychain });
  await other.accounts.update(id, settingsFor(registry.url, { signIn }), { password: 'new' });
  expect((await list()).at(-1)).toMatchObject({ done: true });
});

test('a full disk keeps an account from being added, and its secret from staying', async () => {
  const keychain = new TestKeychain();
  const openStore = () => ({
    get store() {
      return {};
    },
    set store(_: Record<string, unknown>) {
      throw Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' });
    },
  });
  const core = await testCore({ keychain, openStore });
  await expect(
    core.accounts.add(settingsFor('registry.test', { signIn }), { password: PASSWORD }),
  ).rejects.toMatchObject({ code: 'diskFull' });
  expect(keychain.entries.size).toBe(0);
});

test('a broken settings file and a broken database are both reported', async () => {
  const home = await temporaryFolder();
  writeFileSync(path.join(home, 'settings.json'), '{"accounts": [');
  writeFileSync(path.join(home, 'wharfinger.db'), 'this is no database'.repeat(300));
  const core = await testCore({ home });
  const notices = await core.settings.notices();
  expect(notices.map(({ kind }) => kind).sort()).toEqual(['databaseKeptAside', 'settingsKeptAside']);
  for (const notice of notices) core.settings.dismissNotice(notice.id);
  expect(await core.settings.notices()).toEqual([]);
  expect(await (await testCore({ home })).settings.notices()).toEqual([]);
});

test('S9: settings that are not valid, or of a newer version, are reported in a notice', async () => {
  const home = await temporaryFolder();
  const file = path.join(home, 'settings.json');
  writeFileSync(file, JSON.stringify({ version: 3, settings: { theme: 'pink' } }));
  const core = await testCore({ home });
  expect(await core.settings.notices()).toEqual([
    {
      id: 'settingsUnread',
      kind: 'settingsUnread',
      file,
      fields: [{ path: 'settings.theme', reason: expect.any(String) }],
    },
    { id: 'settingsNewer', kind: 'settingsNewer', file, version: 3 },
  ]);
  expect(() => core.settings.change({ language: 'en' })).toThrow(
    expect.objectContaining({ code: 'settingsFile' }),
  );
  for (const { id } of await core.settings.notices()) core.settings.dismissNotice(id);
  expect(await core.settings.notices()).toEqual([]);
});
