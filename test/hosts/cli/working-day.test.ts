import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { addAccount, testCore } from '../../services/support/core.ts';
import { amd64, makeArtifact, makeAttestation, makeImage, makeIndex, sha256 } from '../../support/images.ts';
import { startTestRegistry } from '../../support/local-registry.ts';
import { startOddRegistry } from '../../support/odd-registry.ts';
import { describeWithPeer } from '../../support/peers.ts';
import { push } from '../../support/push.ts';
import { BUILD_TIMEOUT_MS, buildCommandLine, CommandLine } from './command-line.ts';
import { copyDocument, hostOf } from './documents.ts';

beforeAll(buildCommandLine, BUILD_TIMEOUT_MS);

/** `app:1`, an index of an image with an attestation; a report is attached to the index. */
async function setUp() {
  const [cli, registry] = await Promise.all([CommandLine.open(), startTestRegistry()]);
  const image = await makeImage({ annotations: { 'org.example.note': 'kept' } });
  const index = makeIndex([{ manifest: image, platform: amd64 }, makeAttestation(image)]);
  const report = makeArtifact({ subject: index, content: Buffer.from('report') });
  await push(index, registry, 'app', '1');
  await push(report, registry, 'app');
  return { cli, registry, image, index, report, app: `${hostOf(registry)}/app` };
}

test('B10: tags --names asks for no manifest', async () => {
  const { cli, registry, app } = await setUp();
  registry.clearRequests();
  expect(await cli.run(['tags', app, '--names'])).toEqual({ code: 0, stdout: '1\n', stderr: '' });
  expect(registry.requests.filter(({ path }) => path.includes('/manifests/'))).toEqual([]);
  const { stdout } = await cli.run(['tags', app, '--names', '--json']);
  expect(JSON.parse(stdout)).toEqual({ repository: app, tags: [{ name: '1' }] });
});

test('B2: the product that a command finds is kept with the account', async () => {
  const { cli, registry, app } = await setUp();
  const home = join(cli.home, 'wharfinger');
  const before = await testCore({ home });
  await addAccount(before, registry);
  await before.close();
  expect(await cli.run(['tags', app])).toMatchObject({ code: 0 });
  const after = await testCore({ home });
  expect(after.accounts.list()).toMatchObject([{ system: 'wharfinger' }]);
});

test('B10: the rows of tags come as they are known, though one takes long', async () => {
  let release: () => void = () => {};
  const slow = new Promise<void>((resolve) => {
    release = resolve;
  });
  const registry = await startOddRegistry(async ({ url }, ordinary) => {
    if (url.includes('/manifests/3')) await slow;
    return await ordinary();
  });
  const [cli, image] = await Promise.all([CommandLine.open(), makeImage()]);
  for (const tag of ['1', '2', '3', '4']) await push(image, registry.behind, 'app', tag);
  const listing = cli.start(['tags', `${registry.host}/app`]);
  await listing.seen('\n2 ');
  release();
  const { code, stdout } = await listing.finished;
  expect(code).toBe(0);
  expect(stdout.split('\n').map((line) => line.slice(0, 1))).toEqual(['T', '1', '2', '3', '4', '']);
});

test('B9: a tag whose manifest is gone keeps its row, and the command fails', async () => {
  const registry = await startOddRegistry(async ({ url }, ordinary) =>
    url.includes('/manifests/gone') ? { status: 404 } : await ordinary(),
  );
  const [cli, image] = await Promise.all([CommandLine.open(), makeImage()]);
  for (const tag of ['gone', 'here']) await push(image, registry.behind, 'app', tag);
  const { code, stdout, stderr } = await cli.run(['tags', `${registry.host}/app`]);
  expect(code).toBe(1);
  expect(stdout).toMatch(/^gone +- +- +- +\S+/m);
  expect(stdout).toMatch(/^here +sha256:/m);
  expect(stderr).not.toBe('');
});

test('B10: digest, manifest, config and blob print what the registry keeps, byte for byte', async () => {
  const { cli, image, index, app } = await setUp();
  const [config] = image.blobs;
  const layer = image.blobs.at(-1);
  expect((await cli.run(['digest', `${app}:1`])).stdout).toBe(`${index.digest}\n`);
  const platform = ['--platform', 'linux/amd64'];
  expect((await cli.run(['digest', `${app}:1`, ...platform])).stdout).toBe(`${image.digest}\n`);
  expect(await cli.failure(['digest', `${app}:1`, '--platform', 'linux/s390x'])).toMatchObject({ exit: 2 });
  expect((await cli.run(['manifest', `${app}:1`])).stdout).toBe(index.bytes.toString());
  expect((await cli.run(['manifest', `${app}:1`, ...platform])).stdout).toBe(image.bytes.toString());
  expect((await cli.run(['config', `${app}:1`])).stdout).toBe(config?.bytes.toString());
  const read = await cli.run(['blob', `${app}@${layer?.digest}`], { encoding: 'latin1' });
  expect(sha256(Buffer.from(read.stdout, 'latin1'))).toBe(layer?.digest);
  expect(await cli.failure(['blob', `${app}:1`])).toMatchObject({ exit: 2, code: 'invalidInput' });
  expect(await cli.failure(['blob', `${app}@${sha256('none')}`])).toMatchObject({ code: 'notFound' });
});

test('B10: a blob with one byte changed is a failure', async () => {
  const registry = await startOddRegistry(async ({ url }, ordinary) => {
    const answer = await ordinary();
    if (!url.includes('/blobs/')) return answer;
    const body = Buffer.from(answer.body as Buffer);
    body.writeUint8(body.readUint8(0) ^ 1, 0);
    return { ...answer, body };
  });
  const [cli, image] = await Promise.all([CommandLine.open(), makeImage()]);
  await push(image, registry.behind, 'app', '1');
  const { code, stderr } = await cli.run(['config', `${registry.host}/app:1`]);
  expect(code).toBe(1);
  expect(stderr).toContain('does not match its digest');
});

test('B10: inspect shows entries, attestations, annotations and what is attached; referrers lists it', async () => {
  const { cli, image, index, report, app } = await setUp();
  const shown = JSON.parse((await cli.run(['inspect', `${app}:1`, '--json'])).stdout);
  expect(shown.entries).toMatchObject([
    { digest: image.digest, kind: 'image', platform: 'linux/amd64' },
    { kind: 'attestation', attests: image.digest, platform: null },
  ]);
  const attached = [{ digest: report.digest, artifactType: 'application/vnd.example.report' }];
  expect(shown.referrers).toMatchObject(attached);
  const own = JSON.parse((await cli.run(['inspect', `${app}@${image.digest}`, '--json'])).stdout);
  expect(own).toMatchObject({ annotations: { 'org.example.note': 'kept' }, entries: null, referrers: [] });
  const artifact = JSON.parse((await cli.run(['inspect', `${app}@${report.digest}`, '--json'])).stdout);
  expect(artifact.artifactType).toBe('application/vnd.example.report');

  const { stdout } = await cli.run(['inspect', `${app}:1`]);
  for (const text of [
    image.digest,
    report.digest,
    'linux/amd64',
    'attestation',
    'application/vnd.example.report',
  ])
    expect(stdout).toContain(text);
  const list = JSON.parse((await cli.run(['referrers', `${app}:1`, '--json'])).stdout);
  const provenance = { predicateType: 'https://slsa.dev/provenance/v0.2', topic: 'provenance' };
  expect(list).toMatchObject({
    digest: index.digest,
    referrers: [
      { ...attached[0], kind: 'other', via: 'subject', subject: index.digest },
      { kind: 'attestation', via: 'index', subject: image.digest, documents: [provenance] },
    ],
  });
  const listed = await cli.run(['referrers', `${app}:1`]);
  for (const text of [report.digest, 'attestation', 'https://slsa.dev/provenance/v0.2'])
    expect(listed.stdout).toContain(text);
  expect(listed.stderr).toContain('no signature is verified');
  const none = await cli.run(['referrers', `${app}:1`, '--artifact-type', 'application/none']);
  expect(none).toEqual({ code: 0, stdout: '', stderr: '' });
});

test('B9: referrers that cannot be read are reported, and not taken for none', async () => {
  const registry = await startOddRegistry(async ({ url }, ordinary) =>
    /referrers|sha256-/.test(url) ? { status: 403 } : await ordinary(),
  );
  const [cli, image] = await Promise.all([CommandLine.open(), makeImage()]);
  await push(image, registry.behind, 'app', '1');
  const { code, stdout, stderr } = await cli.run(['inspect', `${registry.host}/app:1`, '--json']);
  expect(code).toBe(0);
  expect(JSON.parse(stdout).referrers).toBeNull();
  expect(JSON.parse(stderr).warnings).toMatchObject([{ code: 'denied' }]);
  expect(await cli.failure(['referrers', `${registry.host}/app:1`])).toMatchObject({
    exit: 1,
    code: 'denied',
  });
});

test('B9: an error names the repository and the tag that it is about, in words and for programs', async () => {
  const { cli, app } = await setUp();
  const gone = sha256('none');
  const cases = [
    [['inspect', `${app}:none`], `${app}:none`],
    [['manifest', `${app}@${gone}`], `${app}@${gone}`],
    [['tags', `${app}/none`], `${app}/none`],
    [['blob', `${app}@${gone}`], `${app}@${gone}`],
  ] as const;
  for (const [args, object] of cases) {
    expect(await cli.failure(args)).toMatchObject({ exit: 1, code: 'notFound', object });
    expect((await cli.run(args)).stderr).toContain(`wharfinger: ${object}: `);
  }
});

test('B9: a manifest that says nothing is reported as that, by tags and by inspect, and fails', async () => {
  const { cli, registry, app } = await setUp();
  const bytes = Buffer.from('{"schemaVersion":2,"config":17,"layers":"none"}');
  const type = 'application/vnd.oci.image.manifest.v1+json';
  await registry.storage.putManifest('app', 'odd', type, bytes);
  const listed = await cli.run(['tags', app]);
  expect(listed.code).toBe(1);
  expect(listed.stdout).toMatch(/^odd .*(could not be read|not valid)/m);
  const shown = await cli.run(['inspect', `${app}:odd`]);
  expect(shown.code).toBe(1);
  expect(shown.stderr).toContain('wharfinger: ');
});

test('B10: copy --json reports its operation, and whether there was anything to do', async () => {
  const { cli, app } = await setUp();
  const args = ['copy', `${app}:1`, `${app}:2`, '--yes'];
  const done = await cli.json(copyDocument, args);
  expect(done).toMatchObject({ unchanged: false });
  const shown = await cli.json(z.object({ id: z.string() }), ['operations', done.operation ?? '']);
  expect(shown.id).toBe(done.operation);
  expect(await cli.json(copyDocument, args)).toMatchObject({ unchanged: true, operation: null });
});

describeWithPeer('script', 'on a terminal', ({ script }) => {
  test('B10: a long tag does not push the other columns away, and is whole in a pipe', async () => {
    const [cli, registry, image] = await Promise.all([CommandLine.open(), startTestRegistry(), makeImage()]);
    const long = `v1-${'x'.repeat(100)}-end`;
    await push(image, registry, 'app', long);
    const args = ['tags', `${hostOf(registry)}/app`];
    expect((await cli.run(args)).stdout).toContain(long);
    const { stdout } = await cli.run(args, { terminal: script });
    expect(stdout).toMatch(/^v1-x+…x+-end {2}sha256:/m);
    expect(stdout.split('\r\n').at(1)?.length).toBeLessThan(100);
  });
});
