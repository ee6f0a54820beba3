import { expect, test } from 'vitest';
import { startDockerRegistry } from './docker-registry.ts';
import {
  amd64,
  makeArtifact,
  makeAttestation,
  makeHelmChart,
  makeImage,
  makeIndex,
  makeMultiPlatform,
} from './images.ts';
import { describeWithPeer } from './peers.ts';
import { plainRequest, push } from './push.ts';
import { makeSchema1 } from './schema1.ts';

const setups = ['open', 'htpasswdTls', 'token', 'deleteDisabled'] as const;

describeWithPeer(['docker-registry', 'htpasswd'], 'docker-registry for tests', (programs) => {
  test.each(setups)('%s: takes an image from who may, and gives it back byte for byte', async (setup) => {
    const registry = await startDockerRegistry(setup, programs);
    const image = await makeImage();
    await push(image, registry.target, 'team/app', '1.0');
    const reply = await plainRequest(registry.target, '/v2/team/app/manifests/1.0', {
      scopes: ['repository:team/app:pull'],
      headers: { accept: image.mediaType },
    });
    expect(reply.status).toBe(200);
    expect(reply.body.equals(image.bytes)).toBe(true);
    expect(reply.headers['docker-content-digest']).toBe(image.digest);
    const { authorize, ...stranger } = registry.target;
    const refused = await plainRequest(stranger, '/v2/');
    expect(refused.status).toBe(authorize === undefined ? 200 : 401);
    expect(registry.log()).toContain('PUT /v2/team/app/manifests/1.0');
  });

  test('takes every kind of image that the tests make', async () => {
    const { target } = await startDockerRegistry('open', programs);
    const image = await makeImage();
    const kinds = {
      docker: await makeImage({ family: 'docker' }),
      index: await makeMultiPlatform(),
      list: await makeMultiPlatform('app', 'docker'),
      attested: makeIndex([{ manifest: image, platform: amd64 }, makeAttestation(image)]),
      artifact: makeArtifact({ subject: image }),
      chart: await makeHelmChart(),
      old: makeSchema1('kinds', 'old'),
    };
    for (const [tag, manifest] of Object.entries(kinds)) {
      await push(manifest, target, 'kinds', tag);
      const reply = await plainRequest(target, `/v2/kinds/manifests/${tag}`, {
        headers: { accept: manifest.mediaType },
      });
      expect(reply.headers['docker-content-digest']).toBe(manifest.digest);
      // It signs schema 1 anew each time it gives it away; the digest leaves signatures out.
      if (tag !== 'old') expect(reply.body.equals(manifest.bytes)).toBe(true);
    }
  });

  test('the log of one that does not start is in the error', async () => {
    const broken = startDockerRegistry('open', { 'docker-registry': process.execPath });
    await expect(broken).rejects.toThrow('Cannot find module');
  });
});
