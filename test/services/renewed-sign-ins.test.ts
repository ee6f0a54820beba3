import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { Core } from '../../src-main/services/index.ts';
import { withStatedEnd } from '../../src-main/services/sign-ins/stated-end.ts';
import { makeImage } from '../support/images.ts';
import { type GuardedRegistry, startTestRegistry } from '../support/local-registry.ts';
import { basicAuthorization, push } from '../support/push.ts';
import { settingsFor, TestKeychain, testCore } from './support/core.ts';
import { machine } from './support/machine.ts';
import { everything, planSync } from './support/plans.ts';

const [FIRST, SECOND] = ['MARKER-first', 'MARKER-second'];
const TAGS = 12;

/** A source with some images, and a target whose password changes when half of them are there. */
async function setUp(): Promise<{
  source: GuardedRegistry;
  target: GuardedRegistry;
  /** What else happens when it changes. */
  onChange: (change: () => unknown) => void;
  tagsIn: (repository: string) => Promise<number>;
}> {
  const users = { ann: FIRST };
  let changed: () => unknown = () => undefined;
  let left = TAGS / 2;
  const source = await startTestRegistry();
  const target = await startTestRegistry({
    auth: { kind: 'basic', users },
    onRequest: ({ method, path: asked, status }) => {
      if (method !== 'PUT' || status !== 201 || !asked.includes('/manifests/') || --left !== 0) return;
      users.ann = SECOND;
      changed();
    },
  });
  for (let at = 0; at < TAGS; at++)
    await push(await makeImage({ name: `${at}`, layers: { [`${at}`]: 100 } }), source, 'team/app', `v${at}`);
  return {
    source,
    target,
    onChange: (change) => {
      changed = change;
    },
    tagsIn: async (repository) => {
      const reply = await fetch(`${target.url}/v2/${repository}/tags/list`, {
        headers: { authorization: basicAuthorization('ann', users.ann) },
      });
      return (await reply.json()).tags.length;
    },
  };
}

async function sync(core: Core, from: string, to: { account: string } | { origin: string }): Promise<string> {
  const source = await core.accounts.forHost(from, {});
  const target =
    'account' in to ? await core.accounts.handle(to.account) : await core.accounts.forHost(to.origin, {});
  const { id } = await planSync(core, source, target, everything);
  const { operationId } = await core.plans.start(id);
  const { status } = await core.operations.finished(operationId);
  return status;
}

/** A helper whose password is in a file, and that keeps count of how often it is asked. */
function helperWith({ helper, home }: Awaited<ReturnType<typeof machine>>): {
  setPassword: (password: string) => void;
  calls: () => number;
} {
  const [secret, calls] = [path.join(home, 'secret'), path.join(home, 'calls')];
  const setPassword = (password: string) =>
    writeFileSync(secret, JSON.stringify({ Username: 'ann', Secret: password }));
  writeFileSync(calls, '');
  setPassword(FIRST);
  helper('own', `echo "$1" >> ${calls}; cat ${secret}`);
  return { setPassword, calls: () => readFileSync(calls, 'utf8').trim().split('\n').length };
}

test('a credential helper is asked once more when its password ends in the middle of a synchronisation', async () => {
  const { source, target, onChange, tagsIn } = await setUp();
  const { host, origin } = new URL(target.url);
  const here = await machine();
  here.docker({ credHelpers: { [host]: 'own' } });
  const { setPassword, calls } = helperWith(here);
  const core = await testCore({ environment: here.environment });
  let before = 0;
  onChange(() => {
    before = calls();
    setPassword(SECOND);
  });
  expect(await sync(core, source.url, { origin })).toBe('done');
  expect(await tagsIn('team/app')).toBe(TAGS);
  expect(calls()).toBe(before + 1);
});

test('the keychain is read again when the password in it was changed in the middle of a synchronisation', async () => {
  const { source, target, onChange, tagsIn } = await setUp();
  const keychain = new TestKeychain();
  const core = await testCore({ keychain });
  const settings = settingsFor(target.url, { signIn: { kind: 'password', username: 'ann' } });
  const account = await core.accounts.add(settings, { password: FIRST });
  onChange(() => {
    for (const [key, value] of keychain.entries) if (value === FIRST) keychain.entries.set(key, SECOND);
  });
  expect(await sync(core, source.url, { account: account.id })).toBe('done');
  expect(await tagsIn('team/app')).toBe(TAGS);
});

test('what was taken over from a helper is taken over again, and kept for the next start', async () => {
  const { source, target, onChange, tagsIn } = await setUp();
  const { host } = new URL(target.url);
  const here = await machine();
  here.docker({ credHelpers: { [host]: 'own' } });
  const { setPassword } = helperWith(here);
  const keychain = new TestKeychain();
  const core = await testCore({ environment: here.environment, keychain });
  const { found } = await core.accounts.findSignIns();
  const [account] = (await core.accounts.importSignIns(found.map(({ id }) => id))).imported;
  if (!account) throw new Error('It is imported.');
  onChange(() => setPassword(SECOND));
  expect(await sync(core, source.url, { account: account.id })).toBe('done');
  expect(await tagsIn('team/app')).toBe(TAGS);
  expect([...keychain.entries.values()]).toEqual([SECOND]);
});

test('a password that the user has given since is not taken over from a helper', async () => {
  const { source, target, onChange } = await setUp();
  const { host } = new URL(target.url);
  const here = await machine();
  here.docker({ credHelpers: { [host]: 'own' } });
  const { setPassword } = helperWith(here);
  const core = await testCore({ environment: here.environment });
  const { found } = await core.accounts.findSignIns();
  const [account] = (await core.accounts.importSignIns(found.map(({ id }) => id))).imported;
  if (!account) throw new Error('It is imported.');
  await core.accounts.update(account.id, settingsFor(target.url, { signIn: account.signIn }), {
    password: FIRST,
  });
  onChange(() => setPassword(SECOND));
  expect(await sync(core, source.url, { account: account.id })).toBe('failed');
});

test('a helper that fails is the reason why a synchronisation ends, and no secret is in it', async () => {
  const { source, target, onChange } = await setUp();
  const { host, origin } = new URL(target.url);
  const here = await machine();
  here.docker({ credHelpers: { [host]: 'own' } });
  helperWith(here);
  const core = await testCore({ environment: here.environment });
  onChange(() => here.helper('own', 'echo "the cloud says no"; exit 1'));
  expect(await sync(core, source.url, { origin })).toBe('failed');
  const [operation] = core.operations.history(1);
  expect(operation?.failure).toMatchObject({
    code: 'unauthorized',
    reason: expect.stringContaining('the cloud says no'),
  });
  expect(JSON.stringify(core.operations.items(operation?.id ?? '', { offset: 0, limit: 100 }))).not.toContain(
    'MARKER',
  );
});

test('the end that a password states is read from it', () => {
  const base64 = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64');
  const ended = (secret: string) => withStatedEnd({ kind: 'identityToken', token: secret }).expires;
  const end = Math.floor(Date.now() / 1000) + 43_200;
  // Amazon ECR's, and a JSON web token.
  expect(ended(base64({ payload: 'x', datakey: 'y', version: '2', type: 'DATA_KEY', expiration: end }))).toBe(
    end * 1000,
  );
  expect(ended(`${base64({ alg: 'none' })}.${base64({ exp: end })}.`)).toBe(end * 1000);
  for (const secret of ['', 'hunter2', 'a.b.c', base64(12), base64({ exp: 'soon' }), base64(null)])
    expect(ended(secret)).toBeUndefined();
});
