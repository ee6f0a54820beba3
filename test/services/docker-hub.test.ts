import { expect, test } from 'vitest';
import type { AccountSettings } from '../../src-main/common/account.ts';
import { HUB_SIGN_INS, startDockerHub } from '../support/docker-hub.ts';
import { amd64, arm64, makeAttestation, makeImage, makeIndex } from '../support/images.ts';
import { all, settingsFor, testCore } from './support/core.ts';
import { fatesOf, planCleanup, planFor, startUndo } from './support/plans.ts';

/** A month after the last pull here. */
const NOW = new Date('2026-03-15T00:00:00Z');

type Who = keyof typeof HUB_SIGN_INS | 'nobody';

async function signedIn(
  who: Who,
  prepare: (hub: Awaited<ReturnType<typeof startDockerHub>>) => void | Promise<void>,
  given?: string,
) {
  const started = await startDockerHub();
  await prepare(started);
  const core = await testCore({ now: () => NOW });
  const signIn: AccountSettings['signIn'] =
    who === 'nobody' ? { kind: 'anonymous' } : { kind: 'password', username: HUB_SIGN_INS[who].username };
  const password = given ?? (who === 'nobody' ? undefined : HUB_SIGN_INS[who].password);
  const account = await core.accounts.add(
    settingsFor(started.reach.url, { ...started.reach, signIn }),
    password === undefined ? {} : { password },
  );
  return { ...started, core, account, handle: await core.accounts.handle(account.id) };
}

async function names({ core, handle }: Pick<Awaited<ReturnType<typeof signedIn>>, 'core' | 'handle'>) {
  return (await all(core.catalog.repositories(handle))).flatMap(({ repositories }) =>
    repositories.map(({ name }) => name),
  );
}

const image = await makeImage();

test('a person sees the own namespace and those of organisations, and what is left of the pulls', async () => {
  const hub = await signedIn('person', ({ hub }) => {
    hub.push('ann/app', '1', image);
    hub.push('acme/site', '1', image);
    hub.push('acme/secret', '1', image);
    hub.repository('acme/secret').isPrivate = true;
    hub.push('bob/other', '1', image);
  });
  expect(await hub.core.catalog.overview(hub.handle)).toMatchObject({
    system: 'dockerHub',
    signedIn: 'token',
    abilities: { list: 'yes', deleteTag: 'yes' },
    rateLimit: { limit: 200, remaining: 200, windowSeconds: 21_600 },
    warnings: ['deletesTagsOnly'],
  });
  expect((await names(hub)).toSorted()).toEqual(['acme/secret', 'acme/site', 'ann/app']);
  expect(hub.hub.pulls).toBe(0);
});

test('an organisation access token sees its organisation', async () => {
  const hub = await signedIn('organisation', ({ hub }) => {
    hub.push('ann/app', '1', image);
    hub.push('acme/site', '1', image);
  });
  expect(await names(hub)).toEqual(['acme/site']);
});

test('the list goes on by pages, and where the API has the sign-in of before alone', async () => {
  const hub = await signedIn('person', ({ hub }) => {
    hub.older = true;
    for (let number = 0; number < 120; number++) hub.push(`ann/app-${number}`, '1', image);
  });
  expect(await names(hub)).toHaveLength(120);
  expect(hub.lines()).toContain('POST hub.docker.com/v2/users/login');
  expect(hub.lines()).toContain('GET hub.docker.com/v2/namespaces/ann/repositories?page=2&page_size=100');
});

test('nobody is told to sign in to see a list, and reads public tags all the same', async () => {
  const hub = await signedIn('nobody', ({ hub }) => hub.push('library/app', '1', image));
  const overview = await hub.core.catalog.overview(hub.handle);
  expect(overview).toMatchObject({
    abilities: { list: 'no', deleteTag: 'no' },
    warnings: ['catalogForbidden', 'deleteDisabled'],
  });
  const [line] = await all(hub.core.catalog.tagDetails(hub.handle, 'library/app', ['1']));
  expect(line).toMatchObject({ details: { digest: image.digest, kind: 'image' } });
  expect(hub.lines().filter((each) => each.startsWith('POST'))).toEqual([]);
});

test('a wrong token is found out, and an expired one of the API is renewed', async () => {
  const wrong = await signedIn('person', ({ hub }) => hub.push('ann/app', '1', image), 'dckr_pat_of_nobody');
  await expect(wrong.core.catalog.overview(wrong.handle)).rejects.toMatchObject({ code: 'unauthorized' });
  const hub = await signedIn('person', ({ hub }) => hub.push('ann/app', '1', image));
  expect(await names(hub)).toEqual(['ann/app']);
  hub.hub.expire();
  const [line] = await all(hub.core.catalog.tagDetails(hub.handle, 'ann/app', ['1']));
  expect(line).toMatchObject({ details: { digest: image.digest } });
  expect(hub.lines().filter((each) => each.startsWith('POST hub.docker.com/v2/auth/token'))).toHaveLength(2);
});

test('lines of tags come from the API: sizes, platforms, pushes; no pull is counted', async () => {
  const index = makeIndex([
    { platform: amd64, manifest: image },
    { platform: arm64, manifest: await makeImage({ name: 'arm', platform: arm64 }) },
    makeAttestation(image),
  ]);
  const hub = await signedIn('person', ({ hub }) => {
    hub.push('ann/app', 'latest', index);
    hub.push('ann/app', '1', image);
  });
  const lines = await all(hub.core.catalog.tagDetails(hub.handle, 'ann/app', ['latest', '1']));
  const bytes = (blobs: typeof image.blobs) => blobs.reduce((sum, one) => sum + one.bytes.length, 0);
  expect(lines.find(({ name }) => name === '1')).toMatchObject({
    details: {
      kind: 'image',
      mediaType: image.mediaType,
      size: bytes(image.blobs),
      platforms: [{ os: 'linux', architecture: 'amd64' }],
      pushed: '2026-01-02T03:04:05.678901Z',
    },
  });
  expect(lines.find(({ name }) => name === 'latest')).toMatchObject({
    details: {
      kind: 'index',
      attested: true,
      platforms: [{ architecture: 'amd64' }, { architecture: 'arm64' }],
    },
  });
  expect(hub.hub.pulls).toBe(0);
});

test('a tag goes alone by the API, others of its image stay, and it comes back', async () => {
  const hub = await signedIn('person', ({ hub }) => {
    hub.push('ann/app', '1', image);
    hub.push('ann/app', 'latest', image);
  });
  const plan = await planFor(hub.core, hub.handle, 'ann/app', ['1', 'latest']);
  expect(plan).toMatchObject({
    manifests: [],
    alsoRemoved: [],
    needsConsent: false,
    countsPulls: true,
    bytesFreed: 0,
  });
  expect(hub.hub.pulls).toBe(0);
  const one = await planFor(hub.core, hub.handle, 'ann/app', ['1']);
  const { operationId } = await hub.core.plans.start(one.id);
  expect(await hub.core.operations.finished(operationId)).toMatchObject({
    status: 'done',
    actions: { undo: true },
  });
  expect([...hub.hub.repository('ann/app').tags.keys()]).toEqual(['latest']);
  expect(hub.lines()).toContain('DELETE hub.docker.com/v2/repositories/ann/app/tags/1/');
  const undo = await startUndo(hub.core, operationId);
  expect(await hub.core.operations.finished(undo.operationId)).toMatchObject({ status: 'done' });
  expect([...hub.hub.repository('ann/app').tags.keys()]).toEqual(['latest', '1']);
});

test('a tag that a rule keeps is shown as that and stays, and what is another’s is denied', async () => {
  const hub = await signedIn('person', ({ hub }) => {
    hub.push('ann/app', 'v1', image);
    hub.push('ann/app', 'latest', image);
    hub.repository('ann/app').immutable = ['^v[0-9]+$'];
    hub.push('bob/other', '1', image);
  });
  const lines = await all(hub.core.catalog.tagDetails(hub.handle, 'ann/app', ['v1', 'latest']));
  expect(lines.find(({ name }) => name === 'v1')).toMatchObject({ details: { immutable: true } });
  expect(lines.find(({ name }) => name === 'latest')).not.toMatchObject({ details: { immutable: true } });
  const kept = await planFor(hub.core, hub.handle, 'ann/app', ['v1', 'latest']);
  expect(kept).toMatchObject({ spared: [{ tag: 'v1', immutable: true }] });
  const plan = await planFor(hub.core, hub.handle, 'bob/other', ['1']);
  const { operationId } = await hub.core.plans.start(plan.id);
  expect(await hub.core.operations.finished(operationId)).toMatchObject({
    status: 'failed',
    failure: { code: 'denied' },
  });
  expect(hub.hub.repository('bob/other').tags.has('1')).toBe(true);
});

test('a repository is described; its description is changed by a plan and taken back', async () => {
  const hub = await signedIn('person', ({ hub }) => {
    hub.push('ann/app', '1', image);
    hub.push('bob/other', '1', image);
  });
  const { core, handle } = hub;
  expect(await all(core.products.list(handle, 'hubRepository'))).toMatchObject([
    [{ name: 'ann/app', fields: { private: false, pulls: 5, stars: 1 }, may: { change: 'yes' } }],
  ]);
  const wanted = (id: string) =>
    core.products.planChanges(handle, [
      { act: 'change', kind: 'hubRepository', id, fields: { overview: '# App' } },
    ]);
  const { operationId } = await core.plans.start((await wanted('ann/app')).id);
  expect(await core.operations.finished(operationId)).toMatchObject({
    status: 'done',
    actions: { undo: true },
  });
  expect(hub.hub.repository('ann/app').about).toEqual({ description: '', full_description: '# App' });
  const undo = await startUndo(core, operationId);
  expect(await core.operations.finished(undo.operationId)).toMatchObject({ status: 'done' });
  expect(hub.hub.repository('ann/app').about).toEqual({ description: '', full_description: '' });
  await expect(wanted('bob/other')).rejects.toMatchObject({ code: 'denied' });
});

test('namespaces are the own one and those of organisations, with their repositories', async () => {
  const { core, handle } = await signedIn('person', ({ hub }) => {
    for (const name of ['ann/app', 'acme/site', 'acme/secret']) hub.push(name, '1', image);
  });
  expect((await all(core.products.list(handle, 'hubNamespace'))).flat()).toMatchObject([
    { name: 'ann', fields: { type: 'account', repositories: 1 } },
    { name: 'acme', fields: { type: 'organisation', repositories: 2 } },
  ]);
});

test('rules of immutable tags are shown, changed by a plan and taken back', async () => {
  const { hub, core, handle } = await signedIn('person', ({ hub }) => {
    hub.push('ann/app', '1', image);
    hub.repository('ann/app').immutable = ['^v[0-9]+$'];
    hub.push('bob/other', '1', image);
  });
  const wanted = (id: string, immutableTags: string[]) =>
    core.products.planChanges(handle, [
      { act: 'change', kind: 'hubRepository', id, fields: { immutableTags } },
    ]);
  const plan = await wanted('ann/app', ['^1$']);
  const { operationId } = await core.plans.start(plan.id);
  expect(await core.operations.finished(operationId)).toMatchObject({ status: 'done' });
  expect(hub.repository('ann/app').immutable).toEqual(['^1$']);
  const [line] = await all(core.catalog.tagDetails(handle, 'ann/app', ['1']));
  expect(line).toMatchObject({ details: { immutable: true } });
  const undo = await startUndo(core, operationId);
  expect(await core.operations.finished(undo.operationId)).toMatchObject({ status: 'done' });
  expect(hub.repository('ann/app').immutable).toEqual(['^v[0-9]+$']);
  await core.operations.finished((await core.plans.start((await wanted('ann/app', [])).id)).operationId);
  expect(hub.repository('ann/app').immutable).toEqual([]);
  await expect(wanted('bob/other', ['.*'])).rejects.toMatchObject({ code: 'denied' });
});

test('an account with a second factor is told to sign in with an access token', async () => {
  const { handle } = await signedIn('password', ({ hub }) => {
    hub.secondFactor = true;
  });
  const { abilities } = await handle.identification.registry();
  await expect(abilities.repositories?.list(undefined).next()).rejects.toMatchObject({
    code: 'unauthorized',
    reason: expect.stringContaining('create an access token at https://app.docker.com'),
  });
});

test('one request too many waits as long as it is told to, and a list goes on', async () => {
  const { hub, handle, core, lines } = await signedIn('person', ({ hub }) => hub.push('ann/app', '1', image));
  hub.busy = true;
  const listed = names({ core, handle });
  await expect
    .poll(() => lines().filter((line) => line.includes('hub.docker.com')).length)
    .toBeGreaterThan(0);
  hub.busy = false;
  expect(await listed).toEqual(['ann/app']);
});

test('anybody searches public images, with those marked that are official or of verified publishers', async () => {
  const hub = await signedIn('nobody', ({ hub }) => {
    hub.push('library/postgres', '18', image);
    hub.repository('library/postgres').badge = 'official';
    hub.push('bitnami/postgres', '18', image);
    hub.repository('bitnami/postgres').badge = 'verified_publisher';
    hub.push('ann/postgres-mine', '1', image);
    hub.push('ann/postgres-secret', '1', image);
    hub.repository('ann/postgres-secret').isPrivate = true;
  });
  expect((await hub.core.products.managed(hub.handle)).searches).toBe(true);
  const { total, results } = await hub.core.products.search(hub.handle, 'postgres');
  expect(total).toBe(3);
  expect(results).toMatchObject([
    { name: 'library/postgres', mark: 'official', stars: 7, pulls: '10K+', architectures: ['amd64'] },
    { name: 'bitnami/postgres', mark: 'verified' },
    { name: 'ann/postgres-mine' },
  ]);
  expect(results[2]).not.toHaveProperty('mark');
  expect(hub.hub.pulls).toBe(0);
});

test('who may not is told what a token needs, and a sign-in that is refused what it may be', async () => {
  const hub = await signedIn('person', ({ hub }) => hub.push('bob/other', '1', image));
  const { abilities } = await hub.handle.identification.registry();
  const place = { repository: 'bob/other', tag: '1', digest: image.digest };
  await expect(abilities.tags?.delete(place, undefined)).rejects.toMatchObject({
    code: 'denied',
    reason: expect.stringContaining('Read, Write, Delete'),
  });
  const wrong = await signedIn('person', () => undefined, 'dckr_pat_of_nobody');
  const theirs = (await wrong.handle.identification.registry()).abilities;
  await expect(theirs.repositories?.list(undefined).next()).rejects.toMatchObject({
    code: 'unauthorized',
    reason: expect.stringContaining('expired or been revoked'),
  });
});

const RULES = `version: 1
rules:
  - name: own
    repositories: "ann/*"
    keep:
      - { name: pulled, tags: "*", by: pulled, youngerThan: 30d }
    delete:
      - { name: old, tags: "*", by: pushed, olderThan: 14d }
`;

test('a cleanup goes by the last pull, of whichever tag of an image, and deletes tags alone', async () => {
  const [used, unused] = [await makeImage({ name: 'used' }), await makeImage({ name: 'unused' })];
  const hub = await signedIn('person', ({ hub }) => {
    hub.push('ann/app', 'latest', used, { pulled: '2026-03-01T00:00:00.5Z' });
    hub.push('ann/app', '1', used, { pulled: '2026-01-03T00:00:00Z' });
    hub.push('ann/app', '0', used);
    hub.push('ann/app', 'old', unused, { pulled: '2026-01-03T00:00:00Z' });
    hub.push('ann/app', 'never', unused);
  });
  const plan = await planCleanup(hub.core, hub.handle, RULES, { scope: { repository: 'ann/app' } });
  expect(fatesOf(plan.lines)).toEqual({
    delete: ['ann/app:never', 'ann/app:old'],
    keep: ['ann/app:0', 'ann/app:1', 'ann/app:latest'],
  });
  expect(hub.lines().filter((line) => line.includes('/manifests/'))).toEqual([]);
  const { operationId } = await hub.core.plans.start(plan.id, { typed: plan.typed });
  expect(await hub.core.operations.finished(operationId)).toMatchObject({ status: 'done' });
  expect([...hub.hub.repository('ann/app').tags.keys()]).toEqual(['latest', '1', '0']);
});
