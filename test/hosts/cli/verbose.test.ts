import { beforeAll, expect, test } from 'vitest';
import { makeImage } from '../../support/images.ts';
import { startTestRegistry } from '../../support/local-registry.ts';
import { BUILD_TIMEOUT_MS, buildCommandLine, CommandLine } from './command-line.ts';
import { hostOf } from './documents.ts';

beforeAll(buildCommandLine, BUILD_TIMEOUT_MS);

test('B10: --verbose reports each request on stderr and no secret', async () => {
  const registry = await startTestRegistry({ auth: { kind: 'basic', users: { ann: 'pa55-word' } } });
  const [cli, image] = await Promise.all([CommandLine.open(), makeImage()]);
  for (const { bytes } of image.blobs) await registry.storage.putBlob('app', bytes);
  await registry.storage.putManifest('app', '1', image.mediaType, image.bytes);
  const args = ['tags', `${hostOf(registry)}/app`, '--username', 'ann', '--password-stdin', '--verbose'];
  const people = await cli.run(args, { input: 'pa55-word' });
  expect(people.code).toBe(0);
  expect(people.stderr).toMatch(/^GET http:\/\/[^ ]+\/v2\/app\/tags\/list \(Basic\): 200, \d+ ms$/m);
  const encoded = Buffer.from('ann:pa55-word').toString('base64');
  const programs = await cli.run([...args, '--json'], { input: 'pa55-word' });
  for (const text of [people.stderr, programs.stderr, people.stdout, programs.stdout]) {
    expect(text).not.toContain('pa55-word');
    expect(text).not.toContain(encoded);
  }
  const { requests } = JSON.parse(programs.stderr);
  expect(requests).toContainEqual({
    request: expect.stringMatching(/^GET .*\/v2\/app\/tags\/list$/),
    signIn: 'Basic',
    status: 200,
    milliseconds: expect.any(Number),
  });
});
