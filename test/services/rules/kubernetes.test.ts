import { afterEach, expect, test, vi } from 'vitest';
import { kubernetesContexts, kubernetesInUse } from '../../../src-main/services/rules/kubernetes.ts';
import { kubectl } from '../../support/kubectl.ts';
import { temporaryFolder } from '../../support/temporary.ts';

afterEach(() => vi.unstubAllEnvs());

const POD = JSON.stringify({ items: [{ spec: { containers: [{ image: 'registry.test/team/app:r1' }] } }] });

test.skipIf(process.platform === 'win32')(
  'a cluster is asked for all that runs or may run again',
  async () => {
    const asked = await kubectl(`console.log(${JSON.stringify(POD)})`);
    expect(await kubernetesInUse('prod; rm -rf', { kubeconfig: '/home/me/my config' })).toBe(
      'registry.test/team/app:r1',
    );
    expect(asked()).toEqual([
      [
        '--kubeconfig=/home/me/my config',
        '--context=prod; rm -rf',
        'get',
        expect.stringMatching(/^pods,.*replicasets\.apps.*cronjobs\.batch$/),
        '--all-namespaces',
        '--output=json',
        '--request-timeout=60s',
      ],
    ]);
  },
);

test.skipIf(process.platform === 'win32')('contexts are those of the kubeconfig', async () => {
  await kubectl(`console.log('dev\\nprod')`);
  expect(await kubernetesContexts()).toEqual(['dev', 'prod']);
});

test.skipIf(process.platform === 'win32')(
  'a failure is one, with the words of kubectl, whatever it said before',
  async () => {
    await kubectl(
      `console.log(${JSON.stringify(POD)}); console.error('Error from server (Forbidden)'); process.exitCode = 1`,
    );
    await expect(kubernetesInUse('prod')).rejects.toMatchObject({
      code: 'invalidInput',
      reason: 'kubectl: Error from server (Forbidden)',
    });
  },
);

test('without a kubectl', async () => {
  vi.stubEnv('PATH', await temporaryFolder());
  await expect(kubernetesInUse('prod')).rejects.toMatchObject({ code: 'unsupported' });
});

test.skipIf(process.platform === 'win32')('asking ends where it is not wanted any more', async () => {
  await kubectl('setTimeout(() => {}, 60_000)');
  const stop = new AbortController();
  const asking = kubernetesInUse('prod', { signal: stop.signal });
  stop.abort();
  await expect(asking).rejects.toMatchObject({ name: 'AbortError' });
});
