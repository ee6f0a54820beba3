import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { readInUse } from '../../../src-main/services/rules/in-use.ts';
import { kubernetesContexts, kubernetesInUse } from '../../../src-main/services/rules/kubernetes.ts';
import { describeWithPeer } from '../../support/peers.ts';
import { type Answer, type Seen, startServer } from '../../support/server.ts';
import { temporaryFolder } from '../../support/temporary.ts';

afterEach(() => void vi.unstubAllEnvs());

/** What can be listed, by the part of the API that has it. */
const RESOURCES = {
  '/api/v1': ['pods', 'replicationcontrollers'],
  '/apis/apps/v1': ['replicasets', 'deployments', 'statefulsets', 'daemonsets'],
  '/apis/batch/v1': ['jobs', 'cronjobs'],
} as const;

const container = (image: string) => ({ containers: [{ name: 'one', image }] });
/** What there is of each. */
const ITEMS: Readonly<Record<string, readonly object[]>> = {
  pods: [
    {
      spec: container('registry.test/team/app:r1'),
      status: { containerStatuses: [{ imageID: `registry.test/team/app@sha256:${'a'.repeat(64)}` }] },
    },
  ],
  // What a rollback goes to, and a job between its runs.
  replicasets: [{ spec: { template: { spec: container('registry.test/team/app:r0') } } }],
  cronjobs: [
    { spec: { jobTemplate: { spec: { template: { spec: container('registry.test/team/nightly:2') } } } } },
  ],
};

/** A cluster as far as kubectl asks it: which groups and resources there are, and their lists. */
function cluster({ url }: Seen): Answer {
  if (url.startsWith('/closed/'))
    return { status: 401, body: { kind: 'Status', apiVersion: 'v1', status: 'Failure', code: 401 } };
  const [at = ''] = url.split('?');
  if (at === '/api') return { body: { kind: 'APIVersions', versions: ['v1'] } };
  if (at === '/apis') {
    const groups = ['apps', 'batch'].map((name) => {
      const version = { groupVersion: `${name}/v1`, version: 'v1' };
      return { name, versions: [version], preferredVersion: version };
    });
    return { body: { kind: 'APIGroupList', apiVersion: 'v1', groups } };
  }
  const known = Object.entries(RESOURCES).find(([part]) => at === part || at.startsWith(`${part}/`));
  if (!known)
    return { status: 404, body: { kind: 'Status', apiVersion: 'v1', status: 'Failure', code: 404 } };
  const [part, names] = known;
  const groupVersion = part.replace(/^\/apis?\//, '');
  if (at === part) {
    const resources = names.map((name) => ({
      name,
      singularName: '',
      namespaced: true,
      kind: name,
      verbs: ['get', 'list'],
    }));
    return { body: { kind: 'APIResourceList', apiVersion: 'v1', groupVersion, resources } };
  }
  const name = at.slice(part.length + 1);
  const items = (ITEMS[name] ?? []).map((item, number) => ({
    apiVersion: groupVersion,
    kind: name,
    metadata: { name: `one-${number}`, namespace: 'team' },
    ...item,
  }));
  return { body: { kind: 'List', apiVersion: groupVersion, metadata: {}, items } };
}

describeWithPeer('kubectl', 'the real kubectl', () => {
  async function opened() {
    const server = await startServer({ 'GET *': cluster });
    const home = await temporaryFolder();
    vi.stubEnv('HOME', home);
    const kubeconfig = path.join(home, 'a config');
    const config = {
      apiVersion: 'v1',
      kind: 'Config',
      clusters: [
        { name: 'here', cluster: { server: server.url } },
        { name: 'closed', cluster: { server: `${server.url}/closed` } },
      ],
      users: [],
      contexts: [
        { name: 'prod', context: { cluster: 'here', user: '' } },
        { name: 'refused', context: { cluster: 'closed', user: '' } },
      ],
    };
    await writeFile(kubeconfig, JSON.stringify(config));
    return kubeconfig;
  }

  test('takes our words: contexts by name, and what a cluster runs or would run again', async () => {
    const kubeconfig = await opened();
    expect((await kubernetesContexts({ kubeconfig })).toSorted()).toEqual(['prod', 'refused']);
    const list = await kubernetesInUse('prod', { kubeconfig });
    expect(new Set(list.split('\n'))).toEqual(
      new Set([
        'registry.test/team/app:r1',
        `registry.test/team/app@sha256:${'a'.repeat(64)}`,
        'registry.test/team/app:r0',
        'registry.test/team/nightly:2',
      ]),
    );
    expect([...(await readInUse(list)).names].toSorted()).toEqual([
      'team/app:r0',
      'team/app:r1',
      'team/nightly:2',
    ]);
  });

  test('what it refuses is a failure in its own words: a context that is not there, a sign-in, a file', async () => {
    const kubeconfig = await opened();
    for (const [context, file, words] of [
      ['nowhere', kubeconfig, /context was not found|does not exist/],
      ['refused', kubeconfig, /logged in|credentials/],
      ['prod', `${kubeconfig}.not`, /no such file/],
    ] as const) {
      const failed = kubernetesInUse(context, { kubeconfig: file });
      await expect(failed).rejects.toMatchObject({ code: 'invalidInput' });
      await expect(failed).rejects.toThrow(words);
      await expect(failed).rejects.not.toThrow('memcache.go');
    }
  });
});
