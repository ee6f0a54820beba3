import { expect, test } from 'vitest';
import type { JobItem, Jobs } from '../../../src-main/engine/product/jobs.ts';
import type { JobKind } from '../../../src-main/engine/vocabulary/jobs.ts';
import { credentialsOf, type Role, startHarbor } from '../../support/harbor.ts';
import { describeWithHarbor, recorded } from '../../support/harbor-recorded.ts';
import { SCANNED } from '../../support/harbor-scans.ts';
import { makeImage } from '../../support/images.ts';
import { identificationOf } from '../../support/registry.ts';
import { clientOf, collect } from '../../support/server.ts';

const none = undefined;
const REPOSITORY = 'team/web';

async function setUp(role: Role) {
  const harbor = await startHarbor();
  const credentials = credentialsOf(role);
  const { abilities } = await identificationOf(
    clientOf(harbor, credentials ? { credentials } : {}),
  ).registry();
  const { self, scans, notes, resources, audit } = abilities;
  if (!self || !scans || !notes || !resources?.artifact || !resources.cveAllowList || !audit)
    throw new Error('Abilities are missing.');
  const jobs = (kind: JobKind): Jobs => {
    const found = abilities.jobs?.[kind];
    if (!found) throw new Error(`There are no jobs of kind ${kind}.`);
    return found;
  };
  const items = async (kind: JobKind, run: string): Promise<JobItem[]> => {
    const pages = jobs(kind).items?.(run, none);
    return pages ? await collect(pages) : [];
  };
  const { artifact, cveAllowList } = resources;
  return { harbor, jobs, items, self, scans, notes, artifact, cveAllowList, audit };
}

describeWithHarbor('what Harbor runs and says, replayed', () => {
  test('a dry run of retention names each artifact that would go, with its tags', async () => {
    const { jobs, items } = await setUp('developer');
    const retention = jobs('retention');
    expect(await retention.mayStart('team', none)).toBe('yes');
    const run = await retention.start('team', { dryRun: true }, none);
    expect(run).toBe('1/5');
    expect(await retention.run(run, none)).toMatchObject({
      id: '1/5',
      state: 'done',
      options: { dryRun: true },
      changed: '2026-11-25T19:38:05Z',
    });
    const found = await items('retention', run);
    expect(found.slice(0, 1)).toEqual([
      { id: '6', name: 'a/b/c', state: 'done', counts: { total: 4, kept: 1 } },
    ]);
    const gone = found.filter(({ name }) => name.startsWith('a/b/c@'));
    expect(gone.map(({ name, note }) => [name.slice(0, 19), note])).toEqual([
      ['a/b/c@sha256:812062', undefined],
      ['a/b/c@sha256:f55b4c', 'v1'],
      ['a/b/c@sha256:b98f9e', undefined],
    ]);
    expect(gone.map(({ goes }) => goes)).toEqual(
      [
        ['sha256:812062b9', []],
        ['sha256:f55b4c79', ['v1']],
        ['sha256:b98f9e9d', []],
      ].map(([start, tags]) => ({
        repository: 'a/b/c',
        digest: expect.stringMatching(`^${start}`),
        tags,
      })),
    );
    expect(await retention.log?.(run, '6', none)).toContain('Load 4 candidates from repository team/a/b/c');
    expect((await retention.runs('team', none)).map(({ id, options }) => [id, options.dryRun])).toEqual([
      ['1/6', false],
      ['1/5', true],
    ]);
    await retention.stop?.('1/6', none);
  });

  test('who may not run retention is told so, and a project without rules has nothing to run', async () => {
    const { jobs } = await setUp('guest');
    expect(await jobs('retention').mayStart('team', none)).toBe('developers');
    await expect(jobs('retention').start('team', {}, none)).rejects.toMatchObject({ code: 'denied' });
    const administrator = await setUp('administrator');
    const retention = administrator.jobs('retention');
    expect(await retention.runs('small', none)).toEqual([]);
    await expect(retention.start('small', {}, none)).rejects.toMatchObject({ code: 'notFound' });
  });

  test('a replication is started by its rule, and says what it copied, and why one failed', async () => {
    const { jobs, items, harbor } = await setUp('administrator');
    const replication = jobs('replication');
    const run = await replication.start('1', {}, none);
    expect(run).toBe('12');
    expect(await replication.run(run, none)).toMatchObject({
      state: 'done',
      counts: { total: 2, succeeded: 2, failed: 0, stopped: 0 },
      by: 'manual',
    });
    expect(await items('replication', run)).toMatchObject([
      { id: '14', name: 'team/web [6 item(s) in total]', note: 'replicated/web [6 item(s) in total]' },
      { id: '13', state: 'done' },
    ]);
    expect(await replication.log?.(run, '14', none)).toContain('client for source registry');
    const [, failed] = await replication.runs('1', none);
    expect(failed).toMatchObject({ state: 'failed', note: expect.stringContaining('connection refused') });
    await replication.stop?.(run, none);
    expect(harbor.lines()).toContain('PUT /api/v2.0/replication/executions/12');
    const developer = await setUp('developer');
    expect(await developer.jobs('replication').mayStart('1', none)).toBe('administrators');
    await expect(developer.jobs('replication').start('1', {}, none)).rejects.toMatchObject({
      code: 'denied',
    });
  });

  test('its collection of garbage is a job like others', async () => {
    const { jobs } = await setUp('administrator');
    const collection = jobs('garbageCollection');
    const run = await collection.start(none, { dryRun: true, untagged: false }, none);
    expect(await collection.run(run, none)).toMatchObject({
      id: '13',
      state: 'done',
      options: { dryRun: true, untagged: false },
      counts: { blobs: 2, manifests: 6, bytes: 4730 },
    });
    expect((await collection.runs(none, none)).map(({ id }) => id)).toEqual(['14', '13', '9', '8']);
    expect(await (await setUp('guest')).jobs('garbageCollection').mayStart(none, none)).toBe(
      'administrators',
    );
  });

  test('a scan is started and stopped, and its findings are told with package, fixed version and severity', async () => {
    const { scans, harbor } = await setUp('projectAdmin');
    const [vulnerabilities, sbom] = await scans.overview(REPOSITORY, SCANNED, none);
    const { total } = summaryRecorded();
    expect(vulnerabilities).toMatchObject({ type: 'vulnerabilities', state: 'done', total });
    expect(sbom).toMatchObject({ type: 'sbom', state: 'done', ended: '2026-11-25T19:37:04.134Z' });
    const findings = await scans.findings(REPOSITORY, SCANNED, none);
    expect(findings[0]).toEqual({
      id: 'CVE-2022-0001',
      package: 'openssl',
      version: '3.0.1',
      fixed: '3.0.7',
      severity: 'critical',
      description: 'openssl has a flaw (CVE-2022-0001)',
      links: ['https://avd.aquasec.com/nvd/cve-2022-0001'],
      score: 9.8,
    });
    // Nothing fixes it, which is no version named "".
    expect(findings.find(({ package: name }) => name === 'bash')).not.toHaveProperty('fixed');
    expect(await scans.mayStart(REPOSITORY, 'vulnerabilities', none)).toBe('yes');
    await scans.start(REPOSITORY, SCANNED, 'sbom', none);
    expect(harbor.scans.scanning).toBe('sbom');
    expect((await scans.overview(REPOSITORY, SCANNED, none)).map(({ state }) => state)).toEqual([
      'running',
      'waiting',
    ]);
    await scans.stop(REPOSITORY, SCANNED, 'sbom', none);
    expect(harbor.scans.scanning).toBeUndefined();
  });

  test('a developer reads a report and may not start a scan', async () => {
    const { scans } = await setUp('developer');
    expect(await scans.mayStart(REPOSITORY, 'vulnerabilities', none)).toBe('maintainers');
    expect(await scans.findings(REPOSITORY, SCANNED, none)).not.toEqual([]);
    await expect(scans.start(REPOSITORY, SCANNED, 'vulnerabilities', none)).rejects.toMatchObject({
      code: 'denied',
    });
  });

  test('what a list of known findings lets pass is told so while it holds: the one that the project goes by', async () => {
    const { scans, cveAllowList } = await setUp('administrator');
    const allowed = async () =>
      (await scans.findings(REPOSITORY, SCANNED, none)).filter((one) => one.allowed).map(({ id }) => id);
    await cveAllowList.change?.('team', { cves: ['CVE-2022-0001'] }, none);
    expect(await allowed()).toEqual([]);
    await cveAllowList.change?.('/', { cves: ['CVE-2022-37434'] }, none);
    expect(await allowed()).toEqual(['CVE-2022-37434']);
    await cveAllowList.change?.('/', { expires: '2020-01-01T00:00:00.000Z' }, none);
    expect(await allowed()).toEqual([]);
  });

  test('labels and scans are listed with the artifacts, a request for a hundred, and labels are given and taken', async () => {
    const { harbor, notes, artifact } = await setUp('developer');
    const [one, two] = [await makeImage({ name: 'one' }), await makeImage({ name: 'two' })];
    harbor.content.push(one, '1.0');
    harbor.content.push(two, '2.0');
    harbor.scans.report(two.digest, ({ severity }) => severity === 'High');
    const id = `${REPOSITORY}@${one.digest}`;
    expect(await artifact.choices?.({ project: 'team' }, none)).toEqual({ labels: ['release'] });
    await artifact.change?.(id, { labels: ['release'] }, none);
    expect(await artifact.read(id, none)).toMatchObject({
      project: 'team',
      fields: { labels: ['release'] },
      may: { change: 'yes' },
    });
    const before = harbor.seen.length;
    const listed = await collect(notes.list(REPOSITORY, none));
    expect(harbor.seen.length - before).toBe(1);
    expect(listed.find(({ digest }) => digest === one.digest)).toEqual({
      digest: one.digest,
      labels: ['release'],
    });
    expect(listed.find(({ digest }) => digest === two.digest)).toMatchObject({
      labels: [],
      scan: { state: 'done', total: 1, counts: { high: 1 } },
    });
    await expect(artifact.change?.(id, { labels: ['nosuch'] }, none)).rejects.toMatchObject({
      code: 'notFound',
    });
    await artifact.change?.(id, { labels: [] }, none);
    expect((await artifact.read(id, none)).fields).toEqual({ labels: [] });
    const guest = await setUp('guest');
    expect((await guest.artifact.read(id, none)).may).toEqual({ change: 'developers' });
  });

  test('a scan of everything is begun, watched and stopped by administrators, one at a time', async () => {
    const { jobs } = await setUp('administrator');
    const all = jobs('scanAll');
    const run = await all.start(none, {}, none);
    expect(await all.run(run, none)).toMatchObject({
      state: 'running',
      counts: { total: 21, succeeded: 18 },
    });
    await expect(all.start(none, {}, none)).rejects.toMatchObject({ code: 'alreadyRunning' });
    expect(await all.runs(none, none)).toMatchObject([{ state: 'done', counts: { succeeded: 21 } }]);
    await all.stop?.(run, none);
    expect(await (await setUp('projectAdmin')).jobs('scanAll').mayStart(none, none)).toBe('administrators');
  });

  test('it says its version, parts and numbers: those of all to its administrators alone', async () => {
    const { self } = await setUp('administrator');
    const told = await self.describe(none);
    expect(told).toMatchObject({ version: 'v2.16.0-c50c7ddd', readOnly: false, unread: [] });
    expect(told.health.map(({ name, healthy }) => [name, healthy])).toContainEqual(['jobservice', true]);
    expect(told.statistics).toEqual({
      projects: 9,
      privateProjects: 7,
      publicProjects: 2,
      repositories: 25,
      privateRepositories: 15,
      publicRepositories: 10,
      storageUsed: 3_282_414,
    });
    expect((await (await setUp('developer')).self.describe(none)).statistics).toEqual({
      privateProjects: 6,
      publicProjects: 2,
      privateRepositories: 14,
      publicRepositories: 10,
    });
    expect(await (await setUp('anonymous')).self.describe(none)).not.toHaveProperty('version');
  });

  test('its log says who did what; of a project to its administrators', async () => {
    const { audit } = await setUp('administrator');
    const [first] = await collect(audit.list({}, none));
    expect(first).toMatchObject({
      who: 'harbor-jobservice',
      what: expect.stringContaining('delete artifact: team/a/b/c@sha256:'),
      kind: 'artifact',
      done: true,
      at: '2026-11-25T19:38:16.971Z',
    });
    const developer = await setUp('developer');
    expect(await collect(developer.audit.list({}, none))).toEqual([]);
    await expect(collect(developer.audit.list({ project: 'team' }, none))).rejects.toMatchObject({
      code: 'denied',
    });
  });
});

function summaryRecorded(): { total: number } {
  const { scan_overview: overviews } = recorded('artifact-scanned').response.body as {
    scan_overview: Record<string, { summary: { total: number } }>;
  };
  return Object.values(overviews)[0]?.summary ?? { total: 0 };
}
