import { expect, test } from 'vitest';
import type { AccountSettings } from '../../src-main/common/account.ts';
import type { Resource, Resources } from '../../src-main/engine/product/resources.ts';
import type { ResourceKind } from '../../src-main/engine/resource-kinds.ts';
import { routeByPath } from '../../src-main/engine/systems/nexus/places.ts';
import { makeImage } from '../support/images.ts';
import { NEXUS_USERS, type Nexus, startNexus } from '../support/nexus.ts';
import { startProxy } from '../support/proxy.ts';
import { all, settingsFor, testCore } from './support/core.ts';
import { inventoryOf } from './support/inventory.ts';
import { planFor, startUndo } from './support/plans.ts';

const image = await makeImage();
const NEW = { created: '2026-02-01T00:00:00.000+00:00', downloaded: '2026-02-03T00:00:00.000+00:00' };

async function signedIn(
  prepare: (nexus: Nexus) => void,
  who: keyof typeof NEXUS_USERS = 'deployer',
  more: Partial<AccountSettings> = {},
) {
  const { nexus, server } = await startNexus();
  prepare(nexus);
  const core = await testCore();
  const { username, password } = NEXUS_USERS[who];
  const settings = settingsFor(server.url, { signIn: { kind: 'password', username }, ...more });
  const account = await core.accounts.add(settings, { password });
  return { nexus, server, core, account, settings, handle: await core.accounts.handle(account.id) };
}

type SignedIn = Awaited<ReturnType<typeof signedIn>>;

const names = async ({ core, handle }: Pick<SignedIn, 'core' | 'handle'>): Promise<string[]> =>
  (await all(core.catalog.repositories(handle))).flatMap(({ repositories }) =>
    repositories.map(({ name }) => name),
  );

async function shownBy<K extends ResourceKind>(resources: Resources<K> | undefined): Promise<Resource<K>[]> {
  if (!resources) throw new Error('There are no such resources.');
  return (await all(resources.list({}, undefined))).flat();
}

function filled(nexus: Nexus): void {
  nexus.add('docker-hosted');
  nexus.add('docker-proxy', 'proxy');
  nexus.add('docker-all', 'group', { members: ['docker-hosted', 'docker-proxy'] });
  nexus.add('by-port', 'hosted', { docker: { httpPort: 8082, pathEnabled: false } });
  for (const tag of ['1', '2', '3', 'latest']) nexus.push('docker-hosted/team/app', tag, image, NEW);
  nexus.push('docker-hosted/base', '1', image);
  nexus.push('docker-proxy/library/alpine', '3', image);
  nexus.push('by-port/app', '1', image);
}

test('one sign-in at its own address lists the images of all repositories that are reached by path', async () => {
  const found = await signedIn(filled);
  expect(await found.core.catalog.overview(found.handle)).toMatchObject({
    system: 'nexus',
    version: '3.83.1-03',
    signedIn: 'token',
    abilities: { list: 'yes', deleteTag: 'yes' },
  });
  expect(await names(found)).toEqual([
    'docker-hosted/team/app',
    'docker-hosted/base',
    'docker-proxy/library/alpine',
    // Not reached by path, and by its own address all the same.
    'repository/by-port/app',
  ]);
});

test('a repository without path-based routing is read, written, deleted from and given back below its own address', async () => {
  const found = await signedIn((nexus) => {
    nexus.add('by-port', 'hosted', { docker: { httpPort: 8082, pathEnabled: false } });
    for (const tag of ['1', '2']) nexus.push('by-port/team/app', tag, image, NEW);
  });
  const name = 'repository/by-port/team/app';
  expect(await names(found)).toEqual([name]);
  const pages = await all(found.core.catalog.tags(found.handle, name));
  expect(pages.flatMap(({ tags }) => tags)).toEqual(['1', '2']);
  const [line] = await all(found.core.catalog.tagDetails(found.handle, name, ['1']));
  expect(line).toMatchObject({ details: { digest: image.digest, pushed: NEW.created } });
  const plan = await planFor(found.core, found.handle, name, ['2']);
  const { operationId } = await found.core.plans.start(plan.id);
  expect(await found.core.operations.finished(operationId)).toMatchObject({ status: 'done' });
  expect(found.nexus.tags('by-port')).toEqual(['team/app:1']);
  const undo = await startUndo(found.core, operationId);
  expect(await found.core.operations.finished(undo.operationId)).toMatchObject({ status: 'done' });
  expect(found.nexus.tags('by-port')).toEqual(['team/app:1', 'team/app:2']);
  expect(found.server.lines().filter((line) => line.includes('/v2/repository/'))).toEqual([]);
});

test.each([
  ['/v2/repository/hosted/team/app/manifests/1', '/repository/hosted/v2/team/app/manifests/1'],
  ['/v2/repository/hosted/app/blobs/uploads/', '/repository/hosted/v2/app/blobs/uploads/'],
  ['/v2/repository/hosted/tags/list', undefined],
  ['/v2/hosted/app/tags/list', undefined],
  ['/v2/', undefined],
])('%s is at %s', (path, at) => expect(routeByPath(path)).toBe(at));

test('a connector is read by the protocol: no name is made up of a repository that it does not show', async () => {
  const found = await signedIn((nexus) => {
    filled(nexus);
    nexus.connector = 'by-port';
  });
  expect(await names(found)).toEqual(['app']);
  const pages = await all(found.core.catalog.tags(found.handle, 'app'));
  expect(pages.flatMap(({ tags }) => tags)).toEqual(['1']);
});

test('where no repository is reached by its name, the protocol is asked', async () => {
  const found = await signedIn((nexus) => {
    nexus.add('by-port', 'hosted', { docker: { httpPort: 8082, pathEnabled: false } });
    nexus.push('by-port/app', '1', image);
    nexus.rooted = false;
  });
  expect(await names(found)).toEqual([]);
  expect(found.server.lines()).toContain('GET /v2/_catalog?n=1000');
});

test('a scan takes tags and dates from pages with continuation tokens, and reads each manifest once, by digest', async () => {
  const found = await signedIn(filled);
  const { scanId } = await found.core.inventory.scan(found.handle, {
    repository: 'docker-hosted/team/app',
    readManifests: false,
    dates: true,
  });
  expect(await found.core.inventory.finished(scanId)).toMatchObject({
    status: 'done',
    tags: { done: 4, total: 4 },
  });
  const read = found.server.lines().filter((line) => line.includes('/manifests/'));
  expect(read).toEqual([`GET /v2/docker-hosted/team/app/manifests/${image.digest}`]);
  const { tags } = await inventoryOf(found.core).candidates(found.account.id, 'docker-hosted/team/app');
  expect(tags.map(({ name, pushed, pulled }) => [name, pushed, pulled])).toEqual(
    ['1', '2', '3', 'latest'].map((tag) => [tag, NEW.created, NEW.downloaded]),
  );
});

test('manifests without a tag are in no list of components: they are not shown as none', async () => {
  const { core, handle } = await signedIn(filled);
  await expect(all(core.catalog.untagged(handle, 'docker-hosted/base'))).rejects.toMatchObject({
    code: 'unsupported',
  });
});

test('a tag goes by its component, others of its image stay, and it comes back', async () => {
  const found = await signedIn(filled);
  const plan = await planFor(found.core, found.handle, 'docker-hosted/team/app', ['2']);
  expect(plan).toMatchObject({ manifests: [], alsoRemoved: [], aloneBy: 'name', refilled: false });
  const { operationId } = await found.core.plans.start(plan.id);
  expect(await found.core.operations.finished(operationId)).toMatchObject({ status: 'done' });
  expect(found.nexus.tags('docker-hosted')).toEqual([
    'team/app:1',
    'team/app:3',
    'team/app:latest',
    'base:1',
  ]);
  const undo = await startUndo(found.core, operationId);
  expect(await found.core.operations.finished(undo.operationId)).toMatchObject({ status: 'done' });
  expect(found.nexus.tags('docker-hosted')).toContain('team/app:2');
});

test('what an administrator sees: repositories with where they are reached, blob stores, policies, health', async () => {
  const found = await signedIn(filled, 'administrator');
  const { abilities } = await found.handle.identification.registry();
  const host = new URL(found.server.url);
  const listed = await shownBy(abilities.resources?.repository);
  expect(listed.map(({ name, fields }) => [name, fields.type, fields.url])).toEqual([
    ['docker-hosted', 'hosted', `${host.origin}/docker-hosted`],
    ['docker-proxy', 'proxy', `${host.origin}/docker-proxy`],
    ['docker-all', 'group', `${host.origin}/docker-all`],
    ['by-port', 'hosted', `http://${host.hostname}:8082`],
  ]);
  expect(listed[0]).toMatchObject({
    fields: { blobStore: 'default', writes: 'allowOnce', cleanup: ['old'], anonymous: false, port: null },
  });
  expect(await shownBy(abilities.resources?.blobStore)).toMatchObject([
    { name: 'default', fields: { blobs: 12, used: 3456, available: 7_000_000, quota: 5_000_000 } },
  ]);
  expect(await shownBy(abilities.resources?.cleanupPolicy)).toMatchObject([
    { name: 'old', fields: { downloadedDays: 30, publishedDays: null } },
  ]);
  expect(await abilities.self?.describe(undefined)).toEqual({
    health: [{ name: 'Blob Stores Ready', healthy: false, reason: 'full' }],
    statistics: {},
    unread: [],
    readOnly: false,
  });
  const other = await signedIn(filled);
  const theirs = (await other.handle.identification.registry()).abilities;
  await expect(shownBy(theirs.resources?.blobStore)).rejects.toMatchObject({
    code: 'denied',
    reason: expect.stringContaining('nx-blobstores-read'),
  });
  expect((await theirs.self?.describe(undefined))?.unread).toHaveLength(2);
});

test('registries with an address of their own are added with the sign-in that found them, and no other is', async () => {
  const { core, account, handle, server } = await signedIn(filled, 'administrator');
  const { hostname } = new URL(server.url);
  const address = `http://${hostname}:8082`;
  expect(await core.products.foundRegistries(handle)).toMatchObject([
    { name: 'docker-hosted', state: 'here' },
    { name: 'docker-proxy', state: 'here' },
    { name: 'docker-all', state: 'here' },
    { name: 'by-port', address, state: 'new' },
  ]);
  const add = (name: string) => core.products.addRegistries(handle, { account: account.id, names: [name] });
  await expect(add('docker-hosted')).rejects.toMatchObject({ code: 'invalidInput' });
  expect(await add('by-port')).toMatchObject([
    { name: 'by-port', url: address, signIn: account.signIn, secrets: account.secrets },
  ]);
  expect((await core.products.foundRegistries(handle)).at(-1)).toMatchObject({ state: 'added' });
  await expect(add('by-port')).rejects.toMatchObject({ code: 'invalidInput' });
});

test('what is reached by a subdomain is found, added with the same sign-in and read there', async () => {
  const { nexus, server } = await startNexus();
  nexus.add('docker-hosted');
  nexus.add('team', 'hosted', { docker: { subdomain: 'team', pathEnabled: false } });
  nexus.push('team/tools/app', '1', image);
  const proxy = await startProxy(undefined, { to: Number(new URL(server.url).port) });
  const core = await testCore();
  const { username, password } = NEXUS_USERS.administrator;
  const settings = settingsFor('http://nexus.example.test', {
    signIn: { kind: 'password', username },
    proxy: { kind: 'url', url: proxy.url },
  });
  const account = await core.accounts.add(settings, { password });
  const handle = await core.accounts.handle(account.id);
  expect((await core.products.foundRegistries(handle)).at(-1)).toMatchObject({
    name: 'team',
    address: 'http://team.nexus.example.test',
    state: 'new',
  });
  const [added] = await core.products.addRegistries(handle, { account: account.id, names: ['team'] });
  const team = await core.accounts.handle(added?.id ?? '');
  expect(await names({ core, handle: team })).toEqual(['tools/app']);
  const pages = await all(core.catalog.tags(team, 'tools/app'));
  expect(pages.flatMap(({ tags }) => tags)).toEqual(['1']);
});

test('below a context path the API is found, and everything is as at the root', async () => {
  const found = await signedIn((nexus) => {
    nexus.context = '/nexus';
    filled(nexus);
  }, 'administrator');
  expect(await names(found)).toContain('docker-hosted/team/app');
  const { abilities } = await found.handle.identification.registry();
  expect((await shownBy(abilities.resources?.task)).length).toBe(3);
  const plan = await planFor(found.core, found.handle, 'docker-hosted/team/app', ['2']);
  const { operationId } = await found.core.plans.start(plan.id);
  expect(await found.core.operations.finished(operationId)).toMatchObject({ status: 'done' });
  expect(found.nexus.tags('docker-hosted')).not.toContain('team/app:2');
  // The root is asked once in vain.
  const inVain = found.server.lines().filter((line) => line.includes(' /service/rest/'));
  expect(inVain).toHaveLength(1);
});

test('below any path that the account names the API is read at once; another path is asked in vain and left', async () => {
  const path = '/some/prefix';
  const below = (nexus: Nexus) => {
    nexus.context = path;
    filled(nexus);
  };
  const found = await signedIn(below, 'administrator', { apiPath: path });
  expect(found.account).toMatchObject({ url: found.server.url, apiPath: path });
  expect(await names(found)).toContain('docker-hosted/team/app');
  const { abilities } = await found.handle.identification.registry();
  expect((await shownBy(abilities.resources?.task)).length).toBe(3);
  const asked = () => found.server.lines().filter((line) => line.includes('/service/rest/'));
  expect(asked().every((line) => line.includes(` ${path}/service/rest/`))).toBe(true);

  const mistaken = await signedIn(filled, 'administrator', { apiPath: '/elsewhere' });
  expect(await names(mistaken)).toContain('docker-hosted/team/app');

  const { apiPath: _, ...without } = { ...found.settings, apiPath: path };
  await found.core.accounts.update(found.account.id, without, {});
  const again = await found.core.accounts.handle(found.account.id);
  const { abilities: unaware } = await again.identification.registry();
  await expect(shownBy(unaware.resources?.task)).rejects.toMatchObject({ code: 'notFound' });
});

test.each(['some/prefix', '/some/prefix/', '/../up', '/a b', '/a?b'])(
  'what is no path is refused: %s',
  async (apiPath) => {
    await expect(signedIn(filled, 'administrator', { apiPath })).rejects.toMatchObject({
      code: 'invalidInput',
    });
  },
);

test('a group shows what its members have and names them; a deletion in it is refused with what to do', async () => {
  const found = await signedIn(filled, 'administrator');
  const name = 'docker-all/team/app';
  const pages = await all(found.core.catalog.tags(found.handle, name));
  expect(pages.flatMap(({ tags }) => tags)).toEqual(['1', '2', '3', 'latest']);
  const { abilities } = await found.handle.identification.registry();
  const group = (await shownBy(abilities.resources?.repository)).find((one) => one.name === 'docker-all');
  expect(group?.fields).toMatchObject({ type: 'group', members: ['docker-hosted', 'docker-proxy'] });
  await expect(planFor(found.core, found.handle, name, ['1'])).rejects.toMatchObject({
    code: 'unsupported',
    reason: expect.stringContaining('docker-all is a group'),
  });
  expect(found.nexus.tags('docker-hosted')).toContain('team/app:1');
});

test('a copy into a proxy repository is refused when it is planned', async () => {
  const { core, handle, server } = await signedIn(filled);
  const into = (repository: string) =>
    core.transfers.planCopies(handle, handle, [
      {
        source: { repository: 'docker-hosted/base', reference: '1' },
        target: { repository, tag: 'copy' },
      },
    ]);
  await expect(into('docker-proxy/library/base')).rejects.toMatchObject({
    code: 'proxyCache',
    reason: expect.stringContaining('cache of another registry'),
  });
  expect((await into('docker-hosted/other')).summary).toMatchObject({ manifests: 1, repositories: 1 });
  expect(server.lines().filter((line) => line.startsWith('POST') || line.startsWith('PUT'))).toEqual([]);
});

test('tasks stand in the order in which they free bytes; one is run and watched to its end', async () => {
  const { handle, nexus } = await signedIn(filled, 'administrator');
  const { abilities } = await handle.identification.registry();
  const tasks = await shownBy(abilities.resources?.task);
  expect(tasks.map(({ fields }) => fields.type)).toEqual([
    'repository.docker.gc',
    'blobstore.compact',
    'db.backup',
  ]);
  expect(tasks[0]?.fields.last).toBe('2026-01-02T03:04:05.678+00:00');
  const jobs = abilities.jobs?.task;
  const run = (await jobs?.start('a', {}, undefined)) ?? '';
  expect(await jobs?.run(run, undefined)).toMatchObject({ id: run, state: 'running' });
  await expect(jobs?.start('a', {}, undefined)).rejects.toMatchObject({ code: 'alreadyRunning' });
  const task = nexus.tasks.find(({ id }) => id === 'a');
  if (!task) throw new Error('There is no such task.');
  task.currentState = 'WAITING';
  // Not begun yet, whatever it says of the run before.
  expect(await jobs?.run(run, undefined)).toMatchObject({ state: 'waiting' });
  Object.assign(task, {
    lastRun: '2026-02-02T03:04:05.678+0000',
    lastRunResult: 'ERROR',
    message: 'no space',
  });
  expect(await jobs?.run(run, undefined)).toMatchObject({ id: run, state: 'failed', note: 'no space' });
});

test('a task is a plan, an operation and in History like all that changes something', async () => {
  const { core, account, handle, nexus } = await signedIn(filled, 'administrator');
  nexus.quick = true;
  expect((await core.products.managed(handle)).jobs).toMatchObject([
    { job: 'task', about: 'task', stops: true },
  ]);
  const plan = await core.products.planJob(handle, { job: 'task', of: 'a', options: {} });
  expect(plan).toMatchObject({ subject: { job: 'task', act: 'start', of: 'a', name: 'Unused' } });
  const { operationId } = await core.plans.start(plan.id);
  expect(await core.operations.finished(operationId)).toMatchObject({
    status: 'done',
    title: expect.stringContaining('Unused'),
    outcome: { run: { state: 'done' } },
  });
  core.accounts.setReadOnly(account.id, true);
  const locked = await core.accounts.handle(account.id);
  await expect(core.products.planJob(locked, { job: 'task', of: 'a', options: {} })).rejects.toMatchObject({
    code: 'readOnly',
  });
});

test.each(['administrator', 'deployer'] as const)(
  'the connection test tells %s that the realm for tokens is off, and not that the password is wrong',
  async (who) => {
    const found = await signedIn((nexus) => {
      filled(nexus);
      nexus.realm = false;
    }, who);
    const test = async (password: string) => {
      const steps = await all(found.core.accounts.test({ settings: found.settings, secrets: { password } }));
      return steps.find(({ step, status }) => step === 'signIn' && status !== 'running');
    };
    expect(await test(NEXUS_USERS[who].password)).toMatchObject({
      status: 'failed',
      finding: 'tokensRefused',
    });
    expect(await test('wrong')).not.toHaveProperty('finding');
  },
);

test.each([
  [true, 'anonymousPullOff'],
  [false, 'anonymousOff'],
])(
  'nobody who is signed in is told what has to be allowed (anonymous access: %s)',
  async (anonymous, finding) => {
    const { nexus, server } = await startNexus();
    nexus.anonymous = anonymous;
    const core = await testCore();
    const settings = settingsFor(server.url, { signIn: { kind: 'anonymous' } });
    const steps = await all(core.accounts.test({ settings, secrets: {} }));
    expect(steps.find(({ step, status }) => step === 'signIn' && status !== 'running')).toMatchObject({
      status: 'failed',
      finding,
    });
  },
);

test('a product that does not show itself is set on the account: what it can do is there, and where that is known from', async () => {
  const found = await signedIn((nexus) => {
    filled(nexus);
    nexus.hidden = true;
  });
  expect(await found.core.catalog.overview(found.handle)).toMatchObject({
    system: 'generic',
    by: 'nothing',
    sources: { list: 'asked', deleteTag: 'asked' },
  });
  const { username, password } = NEXUS_USERS.deployer;
  const settings = { ...found.settings, chosenSystem: 'nexus' as const };
  const changed = await found.core.accounts.update(found.account.id, settings, {});
  expect(changed).toMatchObject({ chosenSystem: 'nexus', system: 'nexus' });
  const handle = await found.core.accounts.handle(found.account.id);
  const overview = await found.core.catalog.overview(handle);
  expect(overview).toMatchObject({
    system: 'nexus',
    by: 'user',
    abilities: { list: 'yes', deleteTag: 'yes' },
    sources: { list: 'api', delete: 'asked', deleteTag: 'api', referrers: 'product' },
  });
  expect(overview).not.toHaveProperty('version');
  expect(await names({ core: found.core, handle })).toContain('docker-hosted/team/app');
  // The connection test goes by it as well; and what was chosen is taken back.
  const steps = await all(found.core.accounts.test({ settings, secrets: { password } }));
  expect(steps.find(({ step, status }) => step === 'protocol' && status === 'passed')).toMatchObject({
    detail: 'nexus',
  });
  const { chosenSystem: _, ...before } = settings;
  await found.core.accounts.update(
    found.account.id,
    { ...before, signIn: { kind: 'password', username } },
    {},
  );
  const again = await found.core.accounts.handle(found.account.id);
  expect(await found.core.catalog.overview(again)).toMatchObject({ system: 'generic', by: 'nothing' });
});

test('what a connector lists is listed by the protocol, and the page says so', async () => {
  const found = await signedIn((nexus) => {
    filled(nexus);
    nexus.connector = 'by-port';
  });
  expect(await found.core.catalog.overview(found.handle)).toMatchObject({
    by: 'header',
    sources: { list: 'asked', deleteTag: 'asked' },
  });
});
