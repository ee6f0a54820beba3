import { expect, test } from 'vitest';
import type { Permission } from '../../../src-main/engine/resource-kinds.ts';
import { credentialsOf, type Role, startHarbor } from '../../support/harbor.ts';
import { describeWithHarbor } from '../../support/harbor-recorded.ts';
import { makeImage } from '../../support/images.ts';
import { registryOf } from '../../support/registry.ts';
import { clientOf } from '../../support/server.ts';

const none = undefined;
const team = { project: 'team' };

/** What is asked for: of the whole registry, and of one private project. */
const SYSTEM = ['gc', 'scan all', 'replication', 'replication rule', 'endpoint', 'system robot'] as const;
const PROJECT = [
  'scan',
  'sbom',
  'labels',
  'retention',
  'retention run',
  'robot',
  'label',
  'immutable',
] as const;

const all = (names: readonly string[], permission: Permission | 'unauthorized') =>
  Object.fromEntries(names.map((name) => [name, permission]));

const EXPECTED: Readonly<Record<Role, Readonly<Record<string, string>>>> = {
  administrator: { ...all(SYSTEM, 'yes'), ...all(PROJECT, 'yes') },
  projectAdmin: { ...all(SYSTEM, 'administrators'), ...all(PROJECT, 'yes') },
  developer: {
    ...all(SYSTEM, 'administrators'),
    scan: 'maintainers',
    sbom: 'maintainers',
    labels: 'yes',
    retention: 'yes',
    'retention run': 'yes',
    robot: 'projectAdministrators',
    label: 'maintainers',
    immutable: 'maintainers',
  },
  guest: {
    ...all(SYSTEM, 'administrators'),
    scan: 'maintainers',
    sbom: 'maintainers',
    labels: 'developers',
    retention: 'developers',
    'retention run': 'developers',
    robot: 'projectAdministrators',
    label: 'maintainers',
    immutable: 'maintainers',
  },
  // As the one that was recorded: it has rights to scan and to label.
  robot: {
    ...all(SYSTEM, 'unknown'),
    scan: 'yes',
    sbom: 'maintainers',
    labels: 'yes',
    retention: 'developers',
    'retention run': 'developers',
    robot: 'projectAdministrators',
    label: 'maintainers',
    immutable: 'maintainers',
  },
  // A private project is not shown to nobody: what is in it is asked for in vain.
  anonymous: { ...all(SYSTEM, 'signIn'), ...all(PROJECT, 'unauthorized') },
};

async function asked(role: Role) {
  const harbor = await startHarbor();
  const image = await makeImage();
  harbor.content.push(image, '1.0');
  const credentials = credentialsOf(role);
  const { abilities } = await registryOf(clientOf(harbor, credentials ? { credentials } : {}));
  const { resources = {}, jobs = {}, scans } = abilities;
  /** What is not shown to somebody is not offered either: the refusal is the answer. */
  const answered = async (ask: () => Promise<Permission | undefined> | undefined) => {
    try {
      return await ask();
    } catch (error) {
      return (error as { code: string }).code;
    }
  };
  const may = {
    gc: () => jobs.garbageCollection?.mayStart(none, none),
    'scan all': () => jobs.scanAll?.mayStart(none, none),
    replication: () => jobs.replication?.mayStart('1', none),
    'replication rule': () => resources.replicationRule?.mayCreate({}, none),
    endpoint: () => resources.endpoint?.mayCreate({}, none),
    'system robot': () => resources.robot?.mayCreate({}, none),
    scan: () => scans?.mayStart('team/web', 'vulnerabilities', none),
    sbom: () => scans?.mayStart('team/web', 'sbom', none),
    labels: async () => (await resources.artifact?.read(`team/web@${image.digest}`, none))?.may.change,
    retention: () => resources.retentionRule?.mayCreate(team, none),
    'retention run': () => jobs.retention?.mayStart('team', none),
    robot: () => resources.robot?.mayCreate(team, none),
    label: () => resources.label?.mayCreate(team, none),
    immutable: () => resources.immutableRule?.mayCreate(team, none),
  };
  const said: Record<string, string | undefined> = {};
  for (const [name, ask] of Object.entries(may)) said[name] = await answered(ask);
  const written = harbor.seen.filter(({ method }) => method !== 'GET' && method !== 'HEAD');
  return { said, written };
}

describeWithHarbor('who may do what at Harbor, replayed', () => {
  test.each(Object.keys(EXPECTED) as Role[])(
    '%s is offered what it may do, and told for whom the rest is; nothing is tried for that',
    async (role) => {
      const { said, written } = await asked(role);
      expect(said).toEqual(EXPECTED[role]);
      expect(written).toEqual([]);
    },
  );
});
