import { beforeAll, expect, test } from 'vitest';
import { credentialsOf, type Role, startHarbor } from '../../support/harbor.ts';
import { describeWithHarbor } from '../../support/harbor-recorded.ts';
import { makeImage } from '../../support/images.ts';
import type { Answer } from '../../support/server.ts';
import { BUILD_TIMEOUT_MS, buildCommandLine, CommandLine } from './command-line.ts';

beforeAll(buildCommandLine, BUILD_TIMEOUT_MS);

async function setUp(role: Role) {
  const [cli, harbor] = await Promise.all([CommandLine.open(), startHarbor()]);
  harbor.content.push(await makeImage({ name: 'one' }), '1.0');
  harbor.content.push(await makeImage({ name: 'two' }), 'fixed');
  const { username = '', password = '' } = credentialsOf(role) ?? {};
  const run = (command: readonly string[], secret = password) =>
    cli.run([...command, '--username', username, '--password-stdin'], { input: `${secret}\n` });
  const image = (tag: string) => `${harbor.host}/team/web:${tag}`;
  return { harbor, run, image };
}

/** As its sources say them; those that were recorded come from the replay. */
const refusal = (status: number, code: string, message: string): Answer => ({
  status,
  body: { errors: [{ code, message }] },
});
const QUOTA =
  'Quota exceeded when processing the request of adding 4.8 KiB of storage resource, which when updated to current usage of 9.8 KiB will exceed the configured upper limit of 10.0 KiB.';

describeWithHarbor('refusals of Harbor on the command line, replayed', () => {
  test('a project that is full, one that is a cache, a tag that a rule keeps: each is said as what it is', async () => {
    const { harbor, run, image } = await setUp('projectAdmin');
    const retag = ['retag', image('1.0'), 'next', '--yes'];
    harbor.refusals.set('PUT /v2/team/web/manifests/next', refusal(403, 'DENIED', QUOTA));
    expect(await run(retag)).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/quota is used up[\s\S]*upper limit of 10\.0 KiB/),
    });
    const proxy = 'can not push artifact to a proxy project: team';
    harbor.refusals.set('PUT /v2/team/web/manifests/next', refusal(403, 'DENIED', proxy));
    expect(await run(retag)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('The project team is a proxy cache'),
    });
    harbor.content.protect('fixed');
    expect(await run(['retag', image('1.0'), 'fixed', '--yes'])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('immutable by a rule of the registry'),
    });
  });

  test('a collection that runs already, and one that is for others to run', async () => {
    const administrator = await setUp('administrator');
    const conflict = refusal(409, 'CONFLICT', 'conflict');
    administrator.harbor.refusals.set('POST /api/v2.0/system/gc/schedule', conflict);
    const gc = (host: string) => ['harbor', 'gc', host, '--run', '--yes'];
    expect(await administrator.run(gc(administrator.harbor.host))).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('running already'),
    });
    const developer = await setUp('developer');
    expect(await developer.run(gc(developer.harbor.host))).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('administrators of the registry'),
    });
  });
});
