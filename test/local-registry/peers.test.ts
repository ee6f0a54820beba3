import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { pack } from 'tar-stream';
import { describe, expect, test } from 'vitest';
import { seedSamples } from '../../src-main/local-registry/index.ts';
import { startTestRegistry } from '../support/local-registry.ts';
import { describeWithPeer } from '../support/peers.ts';
import { runProcess } from '../support/process.ts';
import { temporaryFolder } from '../support/temporary.ts';
import { call, digestOf, tagsOf } from './client.ts';

/** Programs of others start slowly on a busy machine. */
const TIMEOUT_MS = 90_000;

describe('other clients', { timeout: TIMEOUT_MS }, () => {
  describeWithPeer('skopeo', 'skopeo', ({ skopeo }) => {
    const plain = ['--src-tls-verify=false', '--dest-tls-verify=false'];

    test('copies whole indexes from one repository to another and keeps the digest', async () => {
      const registry = await startTestRegistry();
      const { samples } = await seedSamples(registry);
      const base = `docker://127.0.0.1:${registry.port}`;
      for (const { repository, digest, tags, kind } of samples) {
        const [tag] = tags;
        if (tag === undefined || kind === 'artifact' || kind === 'chart') continue;
        const target = `copied/${repository}`;
        const args = ['copy', '--all', '--preserve-digests', ...plain];
        await runProcess(skopeo, [...args, `${base}/${repository}:${tag}`, `${base}/${target}:${tag}`]);
        const head = await call(registry, 'HEAD', `/v2/${target}/manifests/${tag}`);
        expect(head.headers['docker-content-digest']).toBe(digest);
      }
    });

    test('pulls to a folder and pushes from it', async () => {
      const registry = await startTestRegistry();
      await seedSamples(registry);
      const folder = join(await temporaryFolder(), 'image');
      const base = `docker://127.0.0.1:${registry.port}`;
      await runProcess(skopeo, ['copy', '--all', ...plain, `${base}/harbour/web:latest`, `dir:${folder}`]);
      const top = await readFile(join(folder, 'manifest.json'));
      await runProcess(skopeo, ['copy', '--all', ...plain, `dir:${folder}`, `${base}/pushed/web:v1`]);
      const head = await call(registry, 'HEAD', '/v2/pushed/web/manifests/v1');
      expect(head.headers['docker-content-digest']).toBe(digestOf(top));
    });

    test('lists tags, inspects, deletes, and signs in', async () => {
      const auth = { kind: 'basic', users: { ship: 'shape' } } as const;
      const registry = await startTestRegistry({ auth });
      await seedSamples(registry);
      const image = `docker://127.0.0.1:${registry.port}/harbour/web`;
      const common = ['--tls-verify=false', '--creds', 'ship:shape'];
      const listed: unknown = JSON.parse(await runProcess(skopeo, ['list-tags', ...common, image]));
      expect(listed).toMatchObject({ Tags: ['1', '1.3', '1.3.0', '1.4', '1.4.1', '1.4.2', 'latest'] });
      const inspect = ['inspect', '--override-os=linux', '--override-arch=arm64', ...common];
      const inspected: unknown = JSON.parse(await runProcess(skopeo, [...inspect, `${image}:latest`]));
      expect(inspected).toMatchObject({ Architecture: 'arm64', Created: '2026-06-23T08:05:31Z' });
      await runProcess(skopeo, ['delete', ...common, `${image}:1.4.1`]);
      await expect(runProcess(skopeo, [...inspect, `${image}:1.4.1`])).rejects.toThrow(/manifest unknown/);
      const wrong = ['list-tags', '--tls-verify=false', '--creds', 'ship:wrong', image];
      await expect(runProcess(skopeo, wrong)).rejects.toThrow(/authentication required|unauthorized/i);
    });
  });

  describeWithPeer('podman', 'podman', ({ podman }) => {
    /** Its own storage in a temporary folder, without a service and whatever the user's settings are. */
    async function ownPodman(): Promise<(...args: string[]) => Promise<string>> {
      const folder = await temporaryFolder();
      const settings = join(folder, 'containers.conf');
      await writeFile(settings, '[engine]\nevents_logger = "none"\n');
      const common = [
        '--root',
        join(folder, 'root'),
        '--runroot',
        join(folder, 'run'),
        '--storage-driver=vfs',
      ];
      const env = { CONTAINERS_CONF: settings, TMPDIR: folder };
      return (...args) => runProcess(podman, [...common, '--cgroup-manager=cgroupfs', ...args], { env });
    }

    test('pushes an image it made and pulls it again', async () => {
      const registry = await startTestRegistry();
      const run = await ownPodman();
      const rootfs = join(await temporaryFolder(), 'rootfs.tar');
      const archive = pack();
      archive.entry({ name: 'etc/os-release' }, 'ID=test\n');
      archive.finalize();
      await writeFile(rootfs, await buffer(archive));
      const image = `127.0.0.1:${registry.port}/team/made:v1`;
      await run('import', rootfs, image);
      for (const format of ['oci', 'v2s2']) {
        await run('push', '--tls-verify=false', '--format', format, image);
        expect(await tagsOf(registry, 'team/made')).toEqual({ name: 'team/made', tags: ['v1'] });
        const { headers } = await call(registry, 'GET', '/v2/team/made/manifests/v1');
        expect(headers['content-type']).toContain(format === 'oci' ? 'vnd.oci.image' : 'vnd.docker');
        await run('rmi', image);
        await run('pull', '--tls-verify=false', image);
      }
    });

    test('pulls the samples for both platforms', async () => {
      const registry = await startTestRegistry();
      await seedSamples(registry);
      const run = await ownPodman();
      for (const architecture of ['amd64', 'arm64']) {
        const image = `127.0.0.1:${registry.port}/harbour/web:latest`;
        await run('pull', '--tls-verify=false', '--os=linux', `--arch=${architecture}`, image);
        const [inspected] = JSON.parse(await run('image', 'inspect', image)) as [{ Architecture: string }];
        expect(inspected.Architecture).toBe(architecture);
      }
      const backup = `127.0.0.1:${registry.port}/tools/backup:latest`;
      await run('pull', '--tls-verify=false', backup);
    });
  });
});
