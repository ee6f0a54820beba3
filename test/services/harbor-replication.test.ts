import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { SyncDefinition } from '../../src-main/common/transfer.ts';
import { credentialsOf, type Role, startHarbor } from '../support/harbor.ts';
import { describeWithHarbor } from '../support/harbor-recorded.ts';
import { all, settingsFor, testCore } from './support/core.ts';
import { startUndo } from './support/plans.ts';

const PASSWORD = 'correct horse battery staple';
const NEXT_PASSWORD = 'eight more staples';

/** Those of a sync that is as usual. */
const RULES: Omit<SyncDefinition, 'source' | 'target'> = {
  repositories: ['team/**'],
  excludeRepositories: [],
  tags: ['*'],
  excludeTags: [],
  versions: '',
  newOnly: false,
  rename: '{repository}',
  prune: false,
  attached: true,
  platforms: [],
  index: 'rewritten',
  foreign: false,
};

async function setUp(role: Role = 'administrator') {
  const harbor = await startHarbor();
  const core = await testCore();
  const credentials = credentialsOf(role);
  const account = await core.accounts.add(
    settingsFor(harbor.url, { signIn: { kind: 'password', username: credentials?.username ?? '' } }),
    { password: credentials?.password ?? '' },
  );
  const handle = await core.accounts.handle(account.id);
  const run = async (planId: string) => {
    const { operationId } = await core.plans.start(planId);
    return await core.operations.finished(operationId);
  };
  const endpoints = async () => (await all(core.products.list(handle, 'endpoint'))).flat();
  return { harbor, core, account, handle, run, endpoints };
}

describeWithHarbor('replication of Harbor, replayed', () => {
  test("an endpoint's password is sent once, and is neither in the plan nor in the record nor on the disk", async () => {
    const { core, handle, run, endpoints, harbor } = await setUp();
    const fields = {
      url: 'https://third.example',
      provider: 'docker-registry',
      user: 'copier',
      password: PASSWORD,
    };
    const plan = await core.products.planChanges(handle, [
      { act: 'create', kind: 'endpoint', name: 'third', fields },
    ]);
    expect(plan).toMatchObject({
      subject: { changes: [{ after: { user: 'copier', password: true } }] },
      summary: { notes: ['secretGiven'] },
    });
    const done = await run(plan.id);
    expect(done).toMatchObject({ status: 'done' });
    const sent = harbor.seen.find(({ method, url }) => method === 'POST' && url.endsWith('/registries'));
    expect(JSON.parse(sent?.body.toString() ?? '')).toMatchObject({
      credential: { type: 'basic', access_key: 'copier', access_secret: PASSWORD },
    });

    const made = (await endpoints()).find(({ name }) => name === 'third');
    const changed = await core.products.planChanges(handle, [
      { act: 'change', kind: 'endpoint', id: made?.id ?? '', fields: { password: NEXT_PASSWORD } },
    ]);
    const change = await run(changed.id);
    expect(change).toMatchObject({ status: 'done' });
    const written = harbor.seen.findLast(
      ({ method, url }) => method === 'PUT' && url.includes('/registries/'),
    );
    expect(JSON.parse(written?.body.toString() ?? '')).toEqual({
      access_secret: NEXT_PASSWORD,
      credential_type: 'basic',
    });
    // Nobody knows the one before.
    await expect(startUndo(core, change.id)).rejects.toMatchObject({ code: 'unsupported' });

    const history = core.operations.history(10);
    for (const secret of [PASSWORD, NEXT_PASSWORD]) {
      expect(JSON.stringify([plan, changed, history, await endpoints()])).not.toContain(secret);
      for (const file of ['wharfinger.db', 'wharfinger.db-wal'])
        expect(readFileSync(join(core.home, file)).includes(secret), file).toBe(false);
    }
  });

  test('a saved sync is handed over: the other registry and a rule, with what they do otherwise, in one plan that can be taken back', async () => {
    const { core, account, handle, harbor, run, endpoints } = await setUp();
    const other = await core.accounts.add(
      settingsFor('https://mirror.example', { signIn: { kind: 'password', username: 'copier' } }),
      { password: PASSWORD },
    );
    core.accounts.protectTags(other.id, ['stable']);
    const saved = core.transfers.save({
      name: 'Nightly mirror',
      definition: {
        ...RULES,
        source: account.id,
        target: other.id,
        repositories: ['team/web', 'team/api'],
        versions: '>=1.0.0',
        rename: 'copies/{repository#team/}',
        newOnly: true,
      },
    });
    const wanted = {
      savedId: saved.id,
      fields: { trigger: 'scheduled', cron: '0 0 3 * * *' },
      givesSignIn: true,
    };
    const plan = await core.products.planHandOver(handle, wanted);
    expect(plan.subject.changes).toMatchObject([
      {
        act: 'create',
        kind: 'endpoint',
        name: 'mirror.example',
        after: { url: 'https://mirror.example', provider: 'docker-registry', user: 'copier', password: true },
      },
      {
        act: 'create',
        kind: 'replicationRule',
        name: 'nightly-mirror',
        after: {
          to: 'mirror.example',
          from: null,
          names: 'team/{web,api}',
          namespace: 'copies',
          flattened: 1,
          overrides: false,
          trigger: 'scheduled',
          cron: '0 0 3 * * *',
        },
      },
    ]);
    expect(plan.summary).toMatchObject({
      notes: ['secretGiven'],
      handedOver: {
        sync: 'Nightly mirror',
        losses: expect.arrayContaining([
          { name: 'versions', values: ['>=1.0.0'] },
          { name: 'protectedTags', values: ['stable'] },
        ]),
        gains: ['runsThere', 'triggers', 'speed', 'deletions'],
      },
    });
    const done = await run(plan.id);
    expect(done).toMatchObject({ status: 'done', subject: { kind: 'productChange' } });
    const rules = (await all(core.products.list(handle, 'replicationRule'))).flat();
    expect(rules.find(({ name }) => name === 'nightly-mirror')).toMatchObject({
      fields: { to: 'mirror.example', names: 'team/{web,api}', enabled: true },
    });
    expect(harbor.seen.filter(({ method }) => method === 'POST').map(({ url }) => url)).toEqual([
      '/api/v2.0/registries',
      '/api/v2.0/replication/policies',
    ]);
    // The other registry is known by now; the name of the rule is taken.
    await expect(core.products.planHandOver(handle, wanted)).rejects.toMatchObject({
      code: 'invalidInput',
      message: expect.stringContaining('nightly-mirror'),
    });
    const again = await core.products.planHandOver(handle, { ...wanted, name: 'second', fields: {} });
    expect(again.subject.changes).toHaveLength(1);
    expect(again.summary.handedOver?.endpoint).toBe('mirror.example');
    const undo = await startUndo(core, done.id);
    expect(await core.operations.finished(undo.operationId)).toMatchObject({ status: 'done' });
    expect((await endpoints()).map(({ name }) => name)).toEqual(['second']);
  });

  test('what cannot be handed over says why: other registries, a template, a sign-in that there is not', async () => {
    const { core, account, handle } = await setUp();
    const add = (url: string) => core.accounts.add(settingsFor(url, { signIn: { kind: 'anonymous' } }), {});
    const [one, two] = [await add('https://one.example'), await add('http://localhost:5000')];
    const plan = (definition: Partial<SyncDefinition>, givesSignIn = false) => {
      const whole = { ...RULES, source: one.id, target: account.id, ...definition };
      const { id } = core.transfers.save({ name: 'any', definition: whole });
      return core.products.planHandOver(handle, { savedId: id, fields: {}, givesSignIn });
    };
    await expect(plan({ target: two.id })).rejects.toMatchObject({ code: 'invalidInput' });
    await expect(plan({ source: account.id })).rejects.toMatchObject({
      message: expect.stringContaining('Both sides'),
    });
    await expect(plan({ rename: '{name}' })).rejects.toMatchObject({
      code: 'unsupported',
      reason: expect.stringContaining('{name}'),
    });
    await expect(plan({}, true)).rejects.toMatchObject({
      code: 'invalidInput',
      message: expect.stringContaining('no user and password'),
    });
    // Pulled, from what is on this machine: Harbor would look for it on its own.
    const local = await plan({ source: two.id, repositories: ['a/b', 'c'] });
    expect(local.subject.changes.map(({ name }) => name)).toEqual(['localhost-5000', 'any-1', 'any-2']);
    expect(local.summary.handedOver?.losses.map(({ name }) => name)).toContain('loopback');
  });

  test.each(['projectAdmin', 'developer', 'robot'] as const)(
    '%s hands nothing over, and is told for whom that is before anything is written',
    async (role) => {
      const { core, account, handle, harbor } = await setUp(role);
      const other = await core.accounts.add(settingsFor('https://mirror.example', {}), {});
      const definition = { ...RULES, source: account.id, target: other.id };
      const { id: savedId } = core.transfers.save({ name: 'any', definition });
      const wanted = { savedId, fields: {}, givesSignIn: false };
      await expect(core.products.planHandOver(handle, wanted)).rejects.toMatchObject({ code: 'denied' });
      expect(harbor.seen.filter(({ method }) => method !== 'GET' && method !== 'HEAD')).toEqual([]);
    },
  );
});
