import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { startTestRegistry } from '../support/local-registry.ts';
import { all, testCore } from './support/core.ts';
import { encoded, machine } from './support/machine.ts';

const SECRET = 'MARKER-secret';
test('sign-ins of Docker and Podman are found and imported with their secrets', async () => {
  const { docker, podman, environment } = await machine();
  docker({
    auths: {
      'https://index.docker.io/v1/': { auth: encoded('hub-user', SECRET) },
      'registry.test:5000': { auth: encoded('ann', 'colon:in:it') },
      'token.test': { identitytoken: SECRET },
      'empty.test': {},
    },
  });
  podman({ auths: { 'quay.test/team': { auth: encoded('bob', `${SECRET}\0\0`) } } });
  const core = await testCore({ environment });
  const { found, problems } = await core.accounts.findSignIns();
  expect(problems).toEqual([]);
  expect(
    found.map(({ host, username, origin, via, known }) => ({ host, username, origin, via, known })),
  ).toEqual([
    { host: 'docker.io', username: 'hub-user', origin: 'docker', via: 'auths', known: false },
    { host: 'registry.test:5000', username: 'ann', origin: 'docker', via: 'auths', known: false },
    { host: 'token.test', username: undefined, origin: 'docker', via: 'auths', known: false },
    { host: 'quay.test', username: 'bob', origin: 'podman', via: 'auths', known: false },
  ]);
  expect(JSON.stringify(found)).not.toContain('MARKER');
  const { imported, failed } = await core.accounts.importSignIns([
    ...found.map(({ id }) => id),
    'no-such-id',
  ]);
  expect(imported.map(({ url, signIn }) => ({ url, signIn }))).toEqual([
    { url: 'https://registry-1.docker.io', signIn: { kind: 'password', username: 'hub-user' } },
    { url: 'https://registry.test:5000', signIn: { kind: 'password', username: 'ann' } },
    { url: 'https://token.test', signIn: { kind: 'identityToken' } },
    { url: 'https://quay.test', signIn: { kind: 'password', username: 'bob' } },
  ]);
  expect(failed).toMatchObject([{ id: 'no-such-id', failure: { code: 'credentialHelper' } }]);
  expect((await core.accounts.findSignIns()).found.every(({ known }) => known)).toBe(true);
  const again = await core.accounts.importSignIns(found.map(({ id }) => id));
  expect(again.failed.map(({ failure }) => failure.code)).toEqual(Array(4).fill('accountExists'));
});

test('DOCKER_CONFIG and REGISTRY_AUTH_FILE say where the files are', async () => {
  const { home, environment, docker } = await machine();
  docker({ auths: { 'not-read.test': { auth: encoded('a', 'b') } } });
  mkdirSync(path.join(home, 'else'));
  writeFileSync(
    path.join(home, 'else/config.json'),
    JSON.stringify({ auths: { 'one.test': { auth: encoded('a', 'b') } } }),
  );
  writeFileSync(
    path.join(home, 'auth.json'),
    JSON.stringify({ auths: { 'two.test': { auth: encoded('a', 'b') } } }),
  );
  const core = await testCore({
    environment: {
      ...environment,
      DOCKER_CONFIG: path.join(home, 'else'),
      REGISTRY_AUTH_FILE: path.join(home, 'auth.json'),
    },
  });
  expect((await core.accounts.findSignIns()).found.map(({ host }) => host)).toEqual(['one.test', 'two.test']);
});

test.each([
  ['not JSON', `{"auths": {"x.test": {"auth": "${SECRET}`],
  ['another shape', { auths: { 'x.test': { auth: { MARKER: 1 } } } }],
])(
  'a file that is %s is a problem reported without quoting it, and the others are read',
  async (_, content) => {
    const { docker, podman, environment } = await machine();
    docker(content);
    podman({ auths: { 'quay.test': { auth: encoded('bob', 'x') } } });
    const { found, problems } = await (await testCore({ environment })).accounts.findSignIns();
    expect(found.map(({ host }) => host)).toEqual(['quay.test']);
    expect(problems).toMatchObject([
      { code: 'invalidInput', reason: expect.stringContaining('config.json') },
    ]);
    expect(JSON.stringify(problems)).not.toContain('MARKER');
  },
);

test("B6: Docker Desktop's own tokens beside Docker Hub's sign-in are no accounts", async () => {
  const { docker, helper, environment } = await machine();
  const keys = ['', 'access-token', 'refresh-token'].map((name) => `https://index.docker.io/v1/${name}`);
  docker({ auths: Object.fromEntries(keys.map((key) => [key, { auth: encoded('hub-user', SECRET) }])) });
  const found = async () => (await (await testCore({ environment })).accounts.findSignIns()).found;
  expect((await found()).map(({ host, username }) => [host, username])).toEqual([['docker.io', 'hub-user']]);
  helper('store', `echo '${JSON.stringify(Object.fromEntries(keys.map((key) => [key, 'hub-user'])))}'`);
  docker({ auths: Object.fromEntries(keys.map((key) => [key, {}])), credsStore: 'store' });
  expect((await found()).map(({ host, username }) => [host, username])).toEqual([['docker.io', 'hub-user']]);
});

test('B6: an entry that cannot be read is a problem beside those that can', async () => {
  const { docker, environment } = await machine();
  docker({
    auths: { 'x.test': { auth: { MARKER: 1 } }, 'y.test': { auth: encoded('a', 'b') }, 'z.test': null },
  });
  const { found, problems } = await (await testCore({ environment })).accounts.findSignIns();
  expect(found.map(({ host }) => host)).toEqual(['y.test']);
  expect(problems).toMatchObject([{ code: 'invalidInput', reason: expect.stringContaining('x.test') }]);
  expect(JSON.stringify(problems)).not.toContain('MARKER');
});

describe('credential helpers', () => {
  test('are listed for a store, and asked for a secret at import only', async () => {
    const { docker, helper, environment, home } = await machine();
    helper(
      'store',
      `server=$(cat)
echo "$1 $server" >> ${home}/calls
case "$1" in
  list) echo '{"https://index.docker.io/v1/":"hub-user","token.test":"<token>"}' ;;
  get) case "$server" in
    token.test) echo '{"ServerURL":"token.test","Username":"<token>","Secret":"${SECRET}"}' ;;
    *) echo '{"ServerURL":"x","Username":"hub-user","Secret":"${SECRET}"}' ;;
  esac ;;
esac`,
    );
    docker({ auths: { 'https://index.docker.io/v1/': {} }, credsStore: 'store' });
    const core = await testCore({ environment });
    const { found, problems } = await core.accounts.findSignIns();
    expect(problems).toEqual([]);
    expect(found).toMatchObject([
      { host: 'docker.io', via: 'credsStore', helper: 'store', username: 'hub-user' },
      { host: 'token.test', via: 'credsStore', helper: 'store' },
    ]);
    expect(readFileSync(path.join(home, 'calls'), 'utf8')).toBe('list \n');
    const { imported, failed } = await core.accounts.importSignIns(found.map(({ id }) => id));
    expect(failed).toEqual([]);
    expect(imported.map(({ signIn }) => signIn.kind)).toEqual(['password', 'identityToken']);
  });

  test.each([
    ['answers rubbish', `echo '{"Username": 5, "Secret": "${SECRET}"'`, /cannot be understood/],
    ['floods', 'yes MARKER', /too much/],
    ['is missing', undefined, /is not installed/],
  ])('one that %s is reported without its output', async (_, script, words) => {
    const { docker, helper, environment } = await machine();
    if (script !== undefined) helper('own', script);
    docker({ credHelpers: { 'registry.test': 'own' } });
    const core = await testCore({ environment });
    const { found } = await core.accounts.findSignIns();
    expect(found).toMatchObject([{ host: 'registry.test', via: 'credHelpers', helper: 'own' }]);
    const { imported, failed } = await core.accounts.importSignIns(found.map(({ id }) => id));
    expect(imported).toEqual([]);
    expect(failed).toMatchObject([
      { failure: { code: 'credentialHelper', reason: expect.stringMatching(words) } },
    ]);
    expect(JSON.stringify(failed)).not.toContain('MARKER');
  });

  test.each([
    ['on its output', 'echo "the store is not initialized"; exit 1', 'the store is not initialized'],
    ['on its error output', 'echo "no such session" >&2; exit 3', 'no such session'],
    ['on several lines, with escapes', 'printf "one\\n\\033[31mtwo\\r\\n"; exit 1', 'one [31mtwo'],
    ['with a secret in it', `echo "password: ${SECRET} is wrong"; exit 1`, 'password: *** is wrong'],
  ])('B6: what one says %s is reported on one line', async (_, script, words) => {
    const { docker, helper, environment } = await machine();
    helper('own', script);
    docker({ credHelpers: { 'registry.test': 'own' } });
    const core = await testCore({ environment });
    await expect(core.accounts.forHost('registry.test')).rejects.toMatchObject({
      code: 'credentialHelper',
      reason: `The credential helper docker-credential-own failed: it answered with an error: ${words}`,
    });
  });

  test.each(['../../evil', 'a b', '-x', 'x;touch y'])('the name "%s" is never run', async (name) => {
    const { docker, environment } = await machine();
    docker({ credHelpers: { 'registry.test': name } });
    const core = await testCore({ environment });
    const { found } = await core.accounts.findSignIns();
    const { failed } = await core.accounts.importSignIns(found.map(({ id }) => id));
    expect(failed).toMatchObject([
      { failure: { code: 'credentialHelper', reason: expect.stringContaining('not a valid name') } },
    ]);
  });

  test('a store that is missing is reported, and what it should hold is shown with that', async () => {
    const { docker, environment } = await machine();
    docker({ auths: { 'registry.test': {} }, credsStore: 'gone' });
    const { found, problems } = await (await testCore({ environment })).accounts.findSignIns();
    expect(found).toMatchObject([{ host: 'registry.test', failure: { code: 'credentialHelper' } }]);
    expect(problems).toMatchObject([{ code: 'credentialHelper' }]);
  });
});

describe('a registry by its host, as the command line asks for it', () => {
  const users = { stored: 'stored-password', docker: 'docker-password', flag: 'flag-password' };

  async function setUp() {
    const registry = await startTestRegistry({ auth: { kind: 'basic', users } });
    const pc = await machine();
    const host = `127.0.0.1:${registry.port}`;
    return { registry, ...pc, host, core: await testCore({ environment: pc.environment }) };
  }

  test('uses the flags, then the account, then Docker, then nothing', async () => {
    const { registry, docker, host, core } = await setUp();
    const listAs = async (overrides = {}) => {
      registry.clearRequests();
      const handle = await core.accounts.forHost(host, overrides);
      await all(core.catalog.repositories(handle));
      return handle.username;
    };
    await expect(listAs()).rejects.toMatchObject({ code: 'unauthorized' });
    docker({ auths: { [host]: { auth: encoded('docker', users.docker) } } });
    expect(await listAs()).toBe('docker');
    expect(await listAs({ username: 'flag', password: users.flag })).toBe('flag');
    await core.accounts.add(
      {
        name: 'x',
        url: registry.url,
        signIn: { kind: 'password', username: 'stored' },
        tls: { verify: true },
        proxy: { kind: 'none' },
        readOnly: true,
        repositories: [],
      },
      { password: users.stored },
    );
    expect(await listAs()).toBe('stored');
    expect((await core.accounts.forHost(host)).readOnly).toBe(true);
    expect(await listAs({ username: 'flag', password: users.flag })).toBe('flag');
    await expect(listAs({ username: 'flag' })).rejects.toMatchObject({ code: 'invalidInput' });
    expect(await listAs({ username: 'stored' })).toBe('stored');
  });

  test('CVE-2021-41092: never falls through a helper that is missing', async () => {
    const { docker, podman, host, core } = await setUp();
    docker({ auths: { [host]: { auth: encoded('docker', users.docker) } }, credHelpers: { [host]: 'gone' } });
    podman({ auths: { [host]: { auth: encoded('docker', users.docker) } } });
    await expect(core.accounts.forHost(host)).rejects.toMatchObject({ code: 'credentialHelper' });
  });

  test('B6: uses the sign-in of the smallest part of the registry, and never that of another part', async () => {
    const { podman, docker, host, core } = await setUp();
    const as = (user: string) => ({ auth: encoded(user, 'p') });
    podman({
      auths: {
        [`${host}/other`]: as('other'),
        [`${host}/a`]: as('a'),
        [host]: as('whole'),
        [`${host}/a/b`]: as('ab'),
        [`${host}/a/bc`]: as('abc'),
      },
    });
    const userFor = async (repository?: string) =>
      (await core.accounts.forHost(host, {}, repository)).username;
    expect(await userFor('a/b')).toBe('ab');
    expect(await userFor('a/b/c')).toBe('ab');
    expect(await userFor('a/bcd')).toBe('a');
    expect(await userFor('x')).toBe('whole');
    expect(await userFor()).toBe('whole');
    podman({ auths: { [`${host}/other`]: as('other') } });
    expect(await userFor('a/b')).toBeUndefined();
    expect(await userFor()).toBeUndefined();
    // Docker's oldest keys are the address of the registry's API.
    docker({ auths: { [`http://${host}/v2/`]: as('old') } });
    expect(await userFor('a/b')).toBe('old');
  });

  test.each([
    ['an empty file', ''],
    ['a byte-order mark', '\ufeff{"auths":{}}'],
    ['null', { auths: null, credHelpers: null, credsStore: null }],
  ])('B6: %s of Docker is as good as none', async (_, content) => {
    const { docker, podman, host, core } = await setUp();
    docker(content);
    podman({ auths: { [host]: { auth: encoded('docker', users.docker) } } });
    expect(await core.accounts.forHost(host)).toMatchObject({ username: 'docker', problems: [] });
  });

  test('B6: a file that cannot be read is reported, and the registry asked all the same', async () => {
    const { docker, podman, host, core } = await setUp();
    docker('{"auths":');
    expect(await core.accounts.forHost(host)).toMatchObject({
      username: undefined,
      problems: [{ code: 'invalidInput', reason: expect.stringContaining('config.json') }],
    });
    podman({ auths: { [host]: { auth: encoded('docker', users.docker) } } });
    expect(await core.accounts.forHost(host)).toMatchObject({ username: 'docker', problems: [{}] });
  });

  test('B6: an entry that cannot be read costs its own host only', async () => {
    const { docker, host, core } = await setUp();
    docker({
      auths: {
        'null.test': null,
        'odd.test': { auth: { MARKER: 1 } },
        'list.test': [],
        'text.test': 'MARKER',
        [host]: { auth: encoded('docker', users.docker), email: null, password: null },
      },
      credHelpers: { 'number.test': 5, 'none.test': null, [host]: '' },
    });
    expect(await core.accounts.forHost(host)).toMatchObject({ username: 'docker', problems: [] });
    expect((await core.accounts.forHost('null.test')).problems).toEqual([]);
    const odd = await core.accounts.forHost('odd.test');
    expect(odd.problems).toMatchObject([
      { code: 'invalidInput', reason: expect.stringContaining('odd.test') },
    ]);
    expect(JSON.stringify(odd.problems)).not.toContain('MARKER');
    await expect(core.accounts.forHost('number.test')).rejects.toMatchObject({ code: 'credentialHelper' });
  });

  test('B6: a store that is missing ends it for what was given to it, and is reported for the rest', async () => {
    const { docker, podman, host, core } = await setUp();
    docker({ auths: { 'stored.test': {} }, credsStore: 'gone' });
    await expect(core.accounts.forHost('stored.test')).rejects.toMatchObject({ code: 'credentialHelper' });
    expect(await core.accounts.forHost(host)).toMatchObject({
      username: undefined,
      problems: [{ code: 'credentialHelper' }],
    });
    podman({ auths: { [host]: { auth: encoded('docker', users.docker) } } });
    expect((await core.accounts.forHost(host)).username).toBe('docker');
  });

  test('asks Podman where a helper knows nothing', async () => {
    const { docker, podman, host, helper, core } = await setUp();
    helper('own', 'echo "credentials not found in native keychain"; exit 1');
    docker({ credHelpers: { [host]: 'own' } });
    podman({ auths: { [host]: { auth: encoded('docker', users.docker) } } });
    expect((await core.accounts.forHost(host)).username).toBe('docker');
  });

  test('is plain http on this machine and https elsewhere, by default', async () => {
    const core = await testCore();
    const schemeOf = async (host: string, plainHttp?: boolean) =>
      (await core.accounts.forHost(host, { plainHttp })).client.url.protocol;
    expect(await schemeOf('localhost:5000')).toBe('http:');
    expect(await schemeOf('localhost:5000', false)).toBe('https:');
    expect(await schemeOf('registry.test')).toBe('https:');
    expect(await schemeOf('registry.test', true)).toBe('http:');
  });
});
