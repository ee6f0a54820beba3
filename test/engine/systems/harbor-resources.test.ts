import { expect, test } from 'vitest';
import type { Registry, RegistryClient } from '../../../src-main/engine/index.ts';
import type { Resource, ResourcePlace, Resources } from '../../../src-main/engine/product/resources.ts';
import type { FieldsOf, ResourceKind } from '../../../src-main/engine/resource-kinds.ts';
import { credentialsOf, type Role, startHarbor } from '../../support/harbor.ts';
import { describeWithHarbor } from '../../support/harbor-recorded.ts';
import { identificationOf } from '../../support/registry.ts';
import { clientOf, collect } from '../../support/server.ts';

async function setUp(role: Role) {
  const harbor = await startHarbor();
  const credentials = credentialsOf(role);
  const client: RegistryClient = clientOf(harbor, credentials ? { credentials } : {});
  const registry = await identificationOf(client).registry();
  return { harbor, registry, abilities: registry.abilities, ...helpersOf(registry) };
}

const none = undefined;
const team = { project: 'team' };

function helpersOf({ abilities }: Registry) {
  const of = <K extends ResourceKind>(kind: K): Resources<K> => {
    const found = abilities.resources?.[kind];
    if (!found) throw new Error(`There are no resources of kind ${kind}.`);
    return found as unknown as Resources<K>;
  };
  const list = <K extends ResourceKind>(kind: K, place: ResourcePlace = {}): Promise<Resource<K>[]> =>
    collect(of(kind).list(place, none));
  /** Makes one, and reads it back. */
  const make = async <K extends ResourceKind>(
    kind: K,
    place: ResourcePlace,
    name: string,
    fields: FieldsOf<K>,
  ) => {
    const written = await of(kind).create?.(place, { name, fields }, none);
    if (!written) throw new Error(`None can be made of kind ${kind}.`);
    return { written, made: await of(kind).read(written.id, none) };
  };
  const change = async <K extends ResourceKind>(kind: K, id: string, fields: FieldsOf<K>) => {
    const written = await of(kind).change?.(id, fields, none);
    return (await of(kind).read(written?.id ?? id, none)).fields;
  };
  const remove = async <K extends ResourceKind>(kind: K, id: string, place: ResourcePlace = {}) => {
    await of(kind).delete?.(id, none);
    return (await list(kind, place)).map((one) => one.id);
  };
  return { of, list, make, change, remove };
}

const ROLES = ['administrator', 'projectAdmin', 'developer', 'guest', 'robot', 'anonymous'] as const;

describeWithHarbor('what Harbor manages, replayed', () => {
  test.each([
    ['administrator', 9, 'yes', 'yes'],
    ['projectAdmin', 8, 'yes', 'notEmpty'],
    ['developer', 8, 'projectAdministrators', 'projectAdministrators'],
    ['guest', 8, 'projectAdministrators', 'projectAdministrators'],
    ['robot', 3, 'unknown', 'unknown'],
    ['anonymous', 2, 'signIn', 'signIn'],
  ] as const)('%s sees its projects, and what it may do with them', async (role, count, change, remove) => {
    const { list, of } = await setUp(role);
    const projects = await list('project');
    expect(projects).toHaveLength(count);
    const found = projects.find(({ name }) => name === 'team') ?? projects[0];
    expect(found?.may).toEqual({ change, delete: remove === 'yes' ? 'notEmpty' : remove });
    const may = { administrator: 'yes', robot: 'unknown', anonymous: 'signIn' } as const;
    const expected = role in may ? may[role as keyof typeof may] : 'yes';
    expect(await of('project').mayCreate({}, none)).toBe(expected);
  });

  test('a project says what it is, and whether it is a cache', async () => {
    const { harbor, of, list } = await setUp('administrator');
    const [team] = (await list('project')).filter(({ name }) => name === 'team');
    expect(team).toMatchObject({
      id: 'team',
      fields: {
        public: false,
        cacheOf: null,
        blockedFrom: null,
        repositories: 8,
        role: 'projectAdmin',
        owner: 'admin',
      },
    });
    harbor.content.caches = true;
    expect((await of('project').read('team', none)).fields.cacheOf).toBe('second');
  });

  test.each(ROLES)('%s is told why not of what it may not see, and may do what it is told', async (role) => {
    const { list, of } = await setUp(role);
    const isSystem = role === 'administrator';
    const refused = { code: role === 'anonymous' ? 'unauthorized' : 'denied' };
    const system = isSystem
      ? 'yes'
      : ({ robot: 'unknown', anonymous: 'signIn' }[role as string] ?? 'administrators');
    for (const kind of ['endpoint', 'replicationRule'] as const) {
      expect(await of(kind).mayCreate({}, none)).toBe(system);
      if (isSystem) expect(await list(kind)).toHaveLength(1);
      else await expect(list(kind)).rejects.toMatchObject(refused);
    }
    if (isSystem) expect(await list('quota')).toHaveLength(9);
    else await expect(list('quota')).rejects.toMatchObject(refused);
    if (role === 'anonymous') {
      for (const kind of ['immutableRule', 'robot', 'member', 'retentionRule'] as const)
        await expect(list(kind, team)).rejects.toMatchObject(refused);
      return;
    }
    const isAdmin = isSystem || role === 'projectAdmin';
    const may = { robot: isAdmin, member: isAdmin, immutableRule: isAdmin, label: isAdmin };
    for (const [kind, yes] of Object.entries(may) as [keyof typeof may, boolean][]) {
      const why = kind === 'immutableRule' || kind === 'label' ? 'maintainers' : 'projectAdministrators';
      expect([kind, await of(kind).mayCreate(team, none)]).toEqual([kind, yes ? 'yes' : why]);
    }
    if (isAdmin) expect(await list('immutableRule', team)).toEqual([]);
    else await expect(list('immutableRule', team)).rejects.toMatchObject(refused);
    const isMember = role !== 'robot';
    if (isMember) {
      expect(await list('robot', team)).toHaveLength(3);
      expect(await list('member', team)).toHaveLength(6);
      expect((await list('quota', team))[0]?.may.change).toBe(system);
    } else {
      await expect(list('robot', team)).rejects.toMatchObject(refused);
      await expect(list('quota', team)).rejects.toMatchObject(refused);
    }
  });

  test('projects are made, changed and deleted, and each is read back; one with something in it stays', async () => {
    const { make, change, remove, of } = await setUp('administrator');
    const { made } = await make('project', {}, 'apps', {
      public: true,
      blockedFrom: 'high',
      storageLimit: null,
    });
    expect(made.fields).toMatchObject({ public: true, blockedFrom: 'high', cacheOf: null, repositories: 0 });
    expect(await change('project', 'apps', { autoScan: true, blockedFrom: null })).toMatchObject({
      public: true,
      autoScan: true,
      blockedFrom: null,
    });
    const cache = await make('project', {}, 'hub', { public: false, cacheOf: 'second' });
    expect(cache.made.fields.cacheOf).toBe('second');
    expect(await remove('project', 'apps')).not.toContain('apps');
    await expect(of('project').delete?.('team', none)).rejects.toMatchObject({
      status: 412,
      reason: expect.stringContaining('contains repositories'),
    });
    await expect(make('project', {}, 'team', {})).rejects.toMatchObject({
      code: 'conflict',
      reason: expect.stringContaining('The project named team already exists'),
    });
    await expect(of('project').read('../users', none)).rejects.toMatchObject({ code: 'invalidReference' });
  });

  test('a quota is changed and read back, as its project shows it', async () => {
    const { change, list } = await setUp('administrator');
    expect(await change('quota', 'small', { limit: 4_194_304 })).toEqual({ limit: 4_194_304, used: 0 });
    expect(await change('quota', 'small', { limit: null })).toEqual({ limit: null, used: 0 });
    expect((await list('quota')).find(({ name }) => name === 'small')?.fields.limit).toBeNull();
  });

  test('robots get chosen rights and a secret once, are renewed, disabled and deleted', async () => {
    const { make, change, remove, of, list, harbor } = await setUp('projectAdmin');
    const permissions = ['team/repository:pull', 'team/repository:push', 'team/tag:create'];
    const { written, made } = await make('robot', team, 'ci', {
      permissions,
      days: 30,
      description: 'builds',
    });
    expect(written.secret).toEqual({ name: 'robot$team+ci', secret: '<secret>' });
    expect(made).toMatchObject({
      name: 'robot$team+ci',
      project: 'team',
      fields: { permissions, days: 30, description: 'builds', disabled: false },
      may: { change: 'yes', renew: 'yes', delete: 'yes' },
    });
    const asked = harbor.seen.find(({ method, url }) => method === 'POST' && url === '/api/v2.0/robots');
    expect(JSON.parse(asked?.body.toString() ?? '{}').permissions).toEqual([
      {
        kind: 'project',
        namespace: 'team',
        access: [
          { resource: 'repository', action: 'pull' },
          { resource: 'repository', action: 'push' },
          { resource: 'tag', action: 'create' },
        ],
      },
    ]);
    expect(await of('robot').renew?.(written.id, none)).toEqual({
      name: 'robot$team+ci',
      secret: '<secret>',
    });
    expect(await change('robot', written.id, { disabled: true })).toMatchObject({
      disabled: true,
      permissions,
    });
    expect(await remove('robot', written.id, team)).not.toContain(written.id);
    await expect(make('robot', team, 'no', { permissions: ['everything'] })).rejects.toMatchObject({
      code: 'refused',
    });
    expect((await list('robot', team)).map(({ fields }) => fields.days)).toEqual([30, null, null]);
  });

  test('robots of the system say its rights apart from those in projects', async () => {
    const { list } = await setUp('administrator');
    const [robot] = await list('robot');
    expect(robot?.fields.permissions).toContain('*/repository:pull');
    expect(robot?.fields.permissions).toContain('/catalog:read');
  });

  test('immutable rules are made, changed, switched off and deleted', async () => {
    const { make, change, remove, of } = await setUp('projectAdmin');
    const fields = { repositories: 'web/**', repositoriesExcept: false, tags: 'v*', tagsExcept: true };
    const { written, made } = await make('immutableRule', team, '', fields);
    expect(made).toMatchObject({ name: 'web/**:!v*', fields: { ...fields, disabled: false } });
    expect(await change('immutableRule', written.id, { disabled: true })).toEqual({
      ...fields,
      disabled: true,
    });
    expect(await change('immutableRule', written.id, { tags: '1.*', tagsExcept: false })).toMatchObject({
      repositories: 'web/**',
      tags: '1.*',
      tagsExcept: false,
      disabled: true,
    });
    expect(await remove('immutableRule', written.id, team)).toEqual([]);
    await expect(of('immutableRule').read(written.id, none)).rejects.toMatchObject({ code: 'notFound' });
  });

  test('rules of retention and their schedule are written as one policy, which keeps what was in it', async () => {
    const { of, make, change, remove, list } = await setUp('developer');
    const [first] = await list('retentionRule', team);
    expect(first).toMatchObject({
      id: expect.stringMatching(/^team\/[0-9a-f]{16}$/),
      fields: {
        keeps: 'latestPushed',
        amount: 1,
        repositories: 'a/**',
        tags: '**',
        untagged: true,
        disabled: false,
      },
    });
    const rule = { keeps: 'daysSincePull', amount: 30, repositories: 'web', tags: 'pr-*' } as const;
    const { written, made } = await make('retentionRule', team, '', rule);
    expect(made).toMatchObject({ id: written.id, fields: { ...rule, untagged: false, tagsExcept: false } });
    expect(await change('retentionRule', written.id, { amount: 7, disabled: true })).toMatchObject({
      ...rule,
      amount: 7,
      disabled: true,
    });
    const [, changed] = await list('retentionRule', team);
    expect(await change('retentionSchedule', 'team', { cron: '0 0 3 * * *' })).toEqual({
      cron: '0 0 3 * * *',
    });
    // The others move up, and are known as before.
    expect(await remove('retentionRule', first?.id ?? '', team)).toEqual([changed?.id]);
    await expect(of('retentionRule').read(first?.id ?? '', none)).rejects.toMatchObject({ code: 'notFound' });
    expect((await list('retentionRule', team))[0]?.fields.amount).toBe(7);
    // The first rule of a project makes its policy.
    const fresh = await setUp('administrator');
    expect(await fresh.list('retentionRule', { project: 'small' })).toEqual([]);
    const { made: only } = await fresh.make('retentionRule', { project: 'small' }, '', { keeps: 'always' });
    expect(only).toMatchObject({
      id: expect.stringMatching(/^small\//),
      fields: { keeps: 'always', repositories: '**', tags: '**' },
    });
  });

  test('labels, members and what is let pass are made, changed and deleted', async () => {
    const { make, change, remove, list } = await setUp('administrator');
    expect(await list('label')).toMatchObject([{ name: 'release', fields: { color: '#00AB9A' } }]);
    const label = await make('label', team, 'keep', { color: '#C92100' });
    expect(label.made).toMatchObject({
      project: 'team',
      name: 'keep',
      fields: { color: '#C92100', description: '' },
    });
    expect(await change('label', label.written.id, { description: 'stays' })).toMatchObject({
      description: 'stays',
      color: '#C92100',
    });
    expect(await remove('label', label.written.id, team)).toEqual([]);
    const member = await make('member', team, 'outsider', { type: 'user', role: 'guest' });
    expect(member.made).toMatchObject({ name: 'outsider', fields: { type: 'user', role: 'guest' } });
    expect(await change('member', member.written.id, { role: 'maintainer' })).toMatchObject({
      role: 'maintainer',
    });
    expect(await remove('member', member.written.id, team)).not.toContain(member.written.id);
    const expires = '2027-01-01T00:00:00.000Z';
    expect(await change('cveAllowList', '/', { cves: ['CVE-2022-0001'], expires })).toEqual({
      cves: ['CVE-2022-0001'],
      expires,
    });
    expect(await change('cveAllowList', '/', { expires: null })).toEqual({
      cves: ['CVE-2022-0001'],
      expires: null,
    });
    expect(await change('cveAllowList', 'team', { cves: ['CVE-2023-1234'] })).toEqual({
      cves: ['CVE-2023-1234'],
      expires: null,
    });
  });

  test('schedules say when they run next, and none where there is none', async () => {
    const { change, list } = await setUp('administrator');
    expect(await list('gcSchedule')).toMatchObject([
      { fields: { cron: '0 0 0 * * *', untagged: true, workers: 1, next: '2026-11-26T00:00:00.000Z' } },
    ]);
    expect(await change('gcSchedule', 'schedule', { cron: '0 0 2 * * 0', untagged: false })).toEqual({
      cron: '0 0 2 * * 0',
      untagged: false,
      workers: 1,
    });
    expect(await change('gcSchedule', 'schedule', { cron: null })).toEqual({ cron: null });
    expect(await list('scanSchedule')).toMatchObject([{ fields: { cron: null } }]);
    expect(await change('scanSchedule', 'schedule', { cron: '0 0 4 * * *' })).toEqual({
      cron: '0 0 4 * * *',
    });
  });

  test('replication: other registries and rules by their names, changed without losing what is not known here', async () => {
    const { make, change, remove, list, of } = await setUp('administrator');
    expect(await list('replicationRule')).toMatchObject([
      {
        name: 'push-web',
        fields: {
          from: null,
          to: 'second',
          names: 'team/**',
          tags: '1.*',
          tagsExcept: false,
          namespace: 'replicated',
          flattened: 1,
          trigger: 'manual',
          cron: null,
          overrides: true,
          speed: -1,
          enabled: true,
        },
      },
    ]);
    const rule = {
      to: 'second',
      names: 'team/web',
      trigger: 'scheduled',
      cron: '0 0 1 * * *',
      enabled: true,
    } as const;
    const { written, made } = await make('replicationRule', {}, 'nightly', rule);
    expect(made).toMatchObject({ name: 'nightly', fields: { ...rule, from: null, tags: null } });
    expect(await change('replicationRule', written.id, { enabled: false, speed: 512 })).toMatchObject({
      ...rule,
      enabled: false,
      speed: 512,
    });
    expect(await remove('replicationRule', written.id)).toEqual(['1']);
    await expect(make('replicationRule', {}, 'lost', { to: 'nowhere' })).rejects.toMatchObject({
      code: 'notFound',
    });
    expect(await of('replicationRule').choices?.({}, none)).toEqual({ from: ['second'], to: ['second'] });
    const endpoint = await make('endpoint', {}, 'third', {
      url: 'https://third.example',
      provider: 'docker-registry',
      user: 'copier',
      insecure: false,
    });
    expect(endpoint.made.fields).toMatchObject({ url: 'https://third.example', user: 'copier' });
    expect(await remove('endpoint', endpoint.written.id)).toEqual(['1']);
  });
});
