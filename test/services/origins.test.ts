import { expect, test } from 'vitest';
import { startServer } from '../support/server.ts';
import { settingsFor, testCore } from './support/core.ts';

const HOST = 'registry.test';
const password = { kind: 'password', username: 'ann' } as const;

test('S7: what is stored for https is not used over plain http, by flags or by a scheme', async () => {
  const core = await testCore();
  const account = await core.accounts.add(settingsFor(`https://${HOST}`, { signIn: password }), {
    password: 'secret',
  });
  expect(await core.accounts.forHost(HOST)).toMatchObject({
    place: { account: account.id },
    username: 'ann',
  });
  const ways = [
    () => core.accounts.forHost(HOST, { plainHttp: true }),
    () => core.accounts.forHost(`http://${HOST}`),
    () => core.accounts.at({ account: account.id, host: HOST }, { plainHttp: true }),
    () => core.accounts.at({ origin: `http://${HOST}`, host: HOST }),
  ];
  for (const way of ways) {
    expect(await way()).toMatchObject({
      place: { origin: `http://${HOST}` },
      username: undefined,
      insecure: 'plainHttp',
      problems: [{ code: 'unauthorized', message: expect.stringContaining(`https://${HOST}`) }],
    });
  }
  // The user's name is no consent to send the stored password.
  await expect(core.accounts.forHost(HOST, { plainHttp: true, username: 'ann' })).rejects.toMatchObject({
    code: 'invalidInput',
  });
});

test('S7: a password that goes over plain http is one that was given with it', async () => {
  const registry = await startServer({
    'GET /v2/': ({ headers }) =>
      headers.authorization
        ? { body: {} }
        : { status: 401, headers: { 'www-authenticate': 'Basic realm="r"' } },
  });
  const core = await testCore();
  await core.accounts.add(settingsFor(`https://${registry.host}`, { signIn: password }), {
    password: 'secret',
  });
  const sent = async (overrides: Parameters<typeof core.accounts.forHost>[1]) => {
    const { client } = await core.accounts.forHost(registry.host, overrides);
    const reply = await client.request({ method: 'GET', url: '/v2/', expect: [200, 401] });
    await reply.dump();
    return registry.seen.at(-1)?.headers.authorization;
  };
  expect(await sent({ plainHttp: true })).toBeUndefined();
  expect(await sent({ plainHttp: true, username: 'ann', password: 'given' })).toBe(
    `Basic ${Buffer.from('ann:given').toString('base64')}`,
  );
});

test('S7: a lock holds on a host whatever the scheme', async () => {
  const core = await testCore();
  await core.accounts.add(settingsFor(`https://${HOST}`, { readOnly: true }), {});
  expect((await core.accounts.forHost(HOST, { plainHttp: true })).readOnly).toBe(true);
});

test('S7: an account stored for plain http is used where no scheme is said, and not over https', async () => {
  const core = await testCore();
  const account = await core.accounts.add(settingsFor(`http://${HOST}`, { signIn: password }), {
    password: 'secret',
  });
  expect(await core.accounts.forHost(HOST)).toMatchObject({
    place: { account: account.id },
    username: 'ann',
  });
  expect(await core.accounts.forHost(HOST, { plainHttp: true })).toMatchObject({
    place: { account: account.id },
  });
  expect(await core.accounts.forHost(HOST, { plainHttp: false })).toMatchObject({
    place: { origin: `https://${HOST}` },
    username: undefined,
  });
});
