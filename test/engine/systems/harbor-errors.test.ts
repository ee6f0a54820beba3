import { expect, test } from 'vitest';
import { putManifest } from '../../../src-main/engine/index.ts';
import { credentialsOf, startHarbor } from '../../support/harbor.ts';
import { describeWithHarbor } from '../../support/harbor-recorded.ts';
import { makeImage } from '../../support/images.ts';
import { identificationOf, registryOf } from '../../support/registry.ts';
import { type Answer, clientOf, startServer } from '../../support/server.ts';

const none = undefined;
const bearer = 'Bearer realm="/service/token",service="harbor-registry"';

/** A Harbor that answers a push, or the start of its collection, as its sources say. */
async function harborThat(answers: Record<string, Answer>) {
  const server = await startServer({
    'GET /v2/': { status: 401, headers: { 'www-authenticate': bearer } },
    'GET /service/token': { body: { token: 'harbor-token' } },
    'GET /api/v2.0/users/current': { body: { username: 'admin', sysadmin_flag: true } },
    ...answers,
  });
  return clientOf(server, {
    credentials: { kind: 'password', username: 'robot$team+ci', password: 'secret' },
  });
}

const refusal = (status: number, code: string, message: string): Answer => ({
  status,
  body: { errors: [{ code, message }] },
});

const pushTo = async (repository: string, answer: Answer) => {
  const { client } = identificationOf(await harborThat({ [`PUT /v2/${repository}/manifests/1`]: answer }));
  return putManifest(client, repository, '1', await makeImage());
};

test('a push to a project that is full says so: its quota, and not a missing right', async () => {
  const words =
    'Quota exceeded when processing the request of adding 4.8 KiB of storage resource, which when updated to current usage of 9.8 KiB will exceed the configured upper limit of 10.0 KiB.';
  await expect(pushTo('team/web', refusal(403, 'DENIED', words))).rejects.toMatchObject({
    code: 'quotaExceeded',
    reason: expect.stringContaining('upper limit of 10.0 KiB'),
  });
});

test('a push to a proxy cache says that nothing can be pushed there, and a missing right stays one', async () => {
  const words = 'can not push artifact to a proxy project: hub';
  await expect(pushTo('hub/web', refusal(403, 'DENIED', words))).rejects.toMatchObject({
    code: 'proxyCache',
    status: 403,
    reason: expect.stringMatching(/^can not push artifact to a proxy project: hub\. .*hub is a proxy cache/),
  });
  const missing = refusal(403, 'FORBIDDEN', 'forbidden');
  await expect(pushTo('team/web', missing)).rejects.toMatchObject({ code: 'denied' });
});

test('a collection that is asked for while one runs says that one does', async () => {
  const answer = refusal(409, 'CONFLICT', 'conflict');
  const { abilities } = await registryOf(await harborThat({ 'POST /api/v2.0/system/gc/schedule': answer }));
  await expect(abilities.collector?.start({ untagged: false, dryRun: false }, none)).rejects.toMatchObject({
    code: 'alreadyRunning',
    reason: expect.stringContaining('running already'),
  });
});

describeWithHarbor('refusals of Harbor, replayed', () => {
  test('a tag that a rule keeps is not moved by a push, and is told to be immutable', async () => {
    const harbor = await startHarbor();
    const image = await makeImage();
    harbor.content.push(image, '1.0');
    harbor.content.protect('1.0');
    const credentials = credentialsOf('projectAdmin');
    const client = clientOf(harbor, credentials ? { credentials } : {});
    await expect(putManifest(client, 'team/web', '1.0', image)).rejects.toMatchObject({
      code: 'immutable',
      status: 412,
    });
  });

  test('a robot whose sign-in is refused may have ended: that is said of robots alone', async () => {
    const harbor = await startHarbor();
    const why = async (username: string) => {
      const client = clientOf(harbor, { credentials: { kind: 'password', username, password: 'old' } });
      const { product } = await registryOf(client);
      return await product.whyRefused?.(client, none);
    };
    expect(await why('robot$team+ci')).toBe('robotRefused');
    expect(await why('dev')).toBeUndefined();
  });
});
