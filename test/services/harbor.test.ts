import { expect, test } from 'vitest';
import type { AccountSettings } from '../../src-main/common/account.ts';
import { credentialsOf, type ReplayedHarbor, type Role, startHarbor } from '../support/harbor.ts';
import { describeWithHarbor, recorded } from '../support/harbor-recorded.ts';
import { amd64, arm64, makeArtifact, makeImage, makeIndex, type TestManifest } from '../support/images.ts';
import { all, settingsFor, testCore } from './support/core.ts';
import { planCopy, planFor, startUndo } from './support/plans.ts';

const REPOSITORY = 'team/web';

async function signedIn(harbor: ReplayedHarbor, role: Role, password?: string) {
  const core = await testCore();
  const credentials = credentialsOf(role);
  const signIn: AccountSettings['signIn'] = credentials
    ? { kind: 'password', username: credentials.username }
    : { kind: 'anonymous' };
  const secret = password ?? credentials?.password;
  const account = await core.accounts.add(
    settingsFor(harbor.url, { signIn }),
    secret === undefined ? {} : { password: secret },
  );
  return { core, account, handle: await core.accounts.handle(account.id) };
}

/** `1.0` and `latest` on one image with a signature, `1.1` on another. */
async function setUp(role: Role) {
  const harbor = await startHarbor();
  const [image, other] = [await makeImage({ name: 'one' }), await makeImage({ name: 'two' })];
  const signature = await makeImage({ name: 'signature', layers: { payload: 100 } });
  harbor.content.push(image, '1.0', 'latest');
  harbor.content.push(other, '1.1');
  const signatureTag = `${image.digest.replace(':', '-')}.sig`;
  harbor.content.push(signature, signatureTag);
  return { harbor, image, other, signature, signatureTag, ...(await signedIn(harbor, role)) };
}

const namesIn = (exchange: string): string[] =>
  (recorded(exchange).response.body as readonly { name: string }[]).map(({ name }) => name);

const bytesOf = (...manifests: readonly TestManifest[]): number =>
  manifests
    .flatMap((manifest) => [manifest, ...manifest.blobs])
    .reduce((sum, { bytes }) => sum + bytes.length, 0);

const MEMBERS = ['administrator', 'projectAdmin', 'developer', 'guest'] as const;
const EVERYBODY = [...MEMBERS, 'anonymous'] as const;

describeWithHarbor('Harbor, replayed', () => {
  test.each(EVERYBODY)('%s signs in and sees the repositories', async (role) => {
    const { core, handle } = await setUp(role);
    expect(await core.catalog.overview(handle)).toMatchObject({
      system: 'harbor',
      abilities: { list: 'yes' },
    });
    const pages = await all(core.catalog.repositories(handle));
    const names = pages.flatMap(({ repositories }) => repositories.map(({ name }) => name));
    const listed = { developer: 'repositories-dev', anonymous: 'repositories-anonymous' } as const;
    expect(names).toEqual(
      namesIn(role === 'developer' || role === 'anonymous' ? listed[role] : 'repositories-robotfull'),
    );
  });

  test('a wrong password is found out', async () => {
    const harbor = await startHarbor();
    const { core, handle } = await signedIn(harbor, 'developer', 'not this one');
    await expect(core.catalog.overview(handle)).rejects.toMatchObject({ code: 'unauthorized' });
  });

  test('manifests without a tag are listed, each with its line, and nothing counts as a pull', async () => {
    const { core, handle, harbor, image } = await setUp('developer');
    const lone = await makeImage({ name: 'lone' });
    harbor.content.push(lone);
    const index = makeIndex([
      { platform: arm64, manifest: await makeImage({ name: 'part', platform: arm64 }) },
    ]);
    harbor.content.push(index);
    const found = (await all(core.catalog.untagged(handle, REPOSITORY))).flat();
    expect(found.map(({ digest }) => digest).toSorted()).toEqual([lone.digest, index.digest].toSorted());
    expect(found.find(({ digest }) => digest === lone.digest)).toMatchObject({
      kind: 'image',
      size: bytesOf(lone),
      platforms: [amd64],
    });
    expect(found.map(({ digest }) => digest)).not.toContain(image.digest);
    expect(harbor.pulls()).toBe(0);
  });

  test.each(MEMBERS)('B8: %s sees tags and their lines, and nothing counts as a pull', async (role) => {
    const { core, handle, harbor, image, signature, signatureTag } = await setUp(role);
    const pages = await all(core.catalog.tags(handle, REPOSITORY));
    expect(pages.flatMap(({ tags }) => tags).toSorted()).toEqual(['1.0', '1.1', 'latest', signatureTag]);
    const answers = await all(
      core.catalog.tagDetails(handle, REPOSITORY, ['1.0', '1.1', 'latest', signatureTag]),
    );
    expect(answers).toHaveLength(4);
    expect(answers.find(({ name }) => name === signatureTag)).toMatchObject({
      details: { digest: signature.digest, size: bytesOf(signature) },
    });
    expect(answers.find(({ name }) => name === 'latest')).toMatchObject({
      details: {
        digest: image.digest,
        kind: 'image',
        mediaType: image.mediaType,
        size: bytesOf(image),
        created: '2024-01-02T03:04:05Z',
        pushed: expect.stringMatching(/^2026-11-25T19:/),
        platforms: [{ os: 'linux', architecture: 'amd64' }],
      },
    });
    expect(harbor.pulls()).toBe(0);
  });

  test.each(MEMBERS)('%s inspects an image', async (role) => {
    const { core, handle, image } = await setUp(role);
    const described = await core.images.describe(handle, REPOSITORY, '1.0');
    expect(described).toMatchObject({ digest: image.digest });
  });

  test('anonymous sees nothing of a private project, and learns why', async () => {
    const { core, handle } = await setUp('anonymous');
    await expect(all(core.catalog.tags(handle, REPOSITORY))).rejects.toMatchObject({ code: 'unauthorized' });
    await expect(core.images.describe(handle, REPOSITORY, '1.0')).rejects.toMatchObject({
      code: 'unauthorized',
    });
  });

  test.each(MEMBERS)('%s retags, or is refused for want of the right', async (role) => {
    const { core, handle, harbor, image } = await setUp(role);
    const place = { registry: handle, repository: REPOSITORY };
    const plan = await planCopy(core, { ...place, reference: '1.0' }, { ...place, tag: 'stable' });
    const { operationId } = await core.plans.start(plan.id);
    const ended = await core.operations.finished(operationId);
    if (role === 'guest') {
      expect(ended).toMatchObject({ status: 'failed', failure: { code: 'denied' } });
      expect(harbor.content.tags().stable).toBeUndefined();
    } else {
      expect(ended.status).toBe('done');
      expect(harbor.content.tags().stable).toBe(image.digest);
    }
  });

  test.each(MEMBERS)('B2: %s deletes one tag of two and takes it back, or is refused', async (role) => {
    const { core, handle, harbor } = await setUp(role);
    const before = harbor.content.tags();
    const plan = await planFor(core, handle, REPOSITORY, ['latest']);
    expect(plan).toMatchObject({ alsoRemoved: [], needsConsent: false, manifests: [] });
    const { operationId } = await core.plans.start(plan.id, { consent: false });
    const ended = await core.operations.finished(operationId);
    if (role === 'developer' || role === 'guest') {
      expect(ended).toMatchObject({ status: 'failed', failure: { code: 'denied' } });
      expect(harbor.content.tags()).toEqual(before);
      return;
    }
    expect(ended).toMatchObject({ status: 'done', actions: { undo: true } });
    const { latest: _gone, ...others } = before;
    expect(harbor.content.tags()).toEqual(others);
    const undo = await startUndo(core, operationId);
    expect(await core.operations.finished(undo.operationId)).toMatchObject({ status: 'done' });
    expect(harbor.content.tags()).toEqual(before);
  });

  test('an immutable tag says so in its line, and no plan deletes, breaks, moves or renames it', async () => {
    const { core, handle, harbor, image, other } = await setUp('projectAdmin');
    harbor.content.push(await makeImage({ name: 'third' }), 'fixed', 'loose');
    harbor.content.protect('fixed');
    const answers = await all(core.catalog.tagDetails(handle, REPOSITORY, ['fixed', 'loose']));
    expect(answers).toMatchObject([
      { name: 'fixed', details: { immutable: true } },
      { name: 'loose', details: expect.not.objectContaining({ immutable: true }) },
    ]);
    // `loose` can go alone; by its digest, or with its tags, the image cannot.
    const plan = await planFor(core, handle, REPOSITORY, ['latest', 'fixed', 'loose']);
    expect(plan.spared).toEqual([{ tag: 'fixed', along: [], immutable: true }]);
    expect(plan.tagsAlone.map(({ tag }) => tag)).toEqual(['latest', 'loose']);
    expect(plan.manifests).toEqual([]);
    const digest = harbor.content.tags().fixed ?? '';
    const whole = await planFor(core, handle, REPOSITORY, [], { digests: [digest] });
    expect(whole).toMatchObject({ spared: [{ tag: digest, along: ['fixed'] }], manifests: [] });
    const immutable = { code: 'immutable', reason: expect.stringContaining('team/web:fixed') };
    const from = { registry: handle, repository: REPOSITORY, reference: '1.0' };
    const to = { registry: handle, repository: REPOSITORY, tag: 'fixed' };
    await expect(planCopy(core, from, to)).rejects.toMatchObject({ ...immutable, side: 'target' });
    const rename = (names: { from: string; to: string }) =>
      core.deletion.planRename(handle, REPOSITORY, names);
    await expect(rename({ from: 'fixed', to: 'new' })).rejects.toMatchObject(immutable);
    await expect(rename({ from: '1.1', to: 'fixed' })).rejects.toMatchObject(immutable);
    // What is on it already writes nothing.
    expect(await planCopy(core, { ...from, reference: 'loose' }, to)).toMatchObject({ unchanged: true });
    expect(harbor.content.tags()).toMatchObject({ '1.0': image.digest, '1.1': other.digest, fixed: digest });
    expect(harbor.lines().filter((line) => /^(PUT|DELETE) /.test(line))).toEqual([]);
  });

  test('B9: a tag that became immutable since it was planned is reported as that, and the others go', async () => {
    const { core, handle, harbor } = await setUp('projectAdmin');
    harbor.content.push(await makeImage({ name: 'third' }), 'fixed', 'loose');
    const plan = await planFor(core, handle, REPOSITORY, ['latest', 'fixed']);
    harbor.content.protect('fixed');
    const { operationId } = await core.plans.start(plan.id, { consent: false });
    expect(await core.operations.finished(operationId)).toMatchObject({
      status: 'failed',
      failure: {
        code: 'immutable',
        reason: expect.stringContaining('the tag fixed configured as immutable'),
      },
    });
    const left = Object.keys(harbor.content.tags());
    expect(left).toContain('fixed');
    expect(left).not.toContain('latest');
  });

  test.each(['developer', 'guest'] as const)(
    'B9: a project that is not there is reported as that to a %s, on reading and on pushing',
    async (role) => {
      const { core, handle } = await setUp(role);
      const missing = { code: 'notFound', reason: expect.stringContaining('project nosuch not found') };
      await expect(all(core.catalog.tags(handle, 'nosuch/web'))).rejects.toMatchObject(missing);
      await expect(core.images.describe(handle, 'nosuch/web', '1.0')).rejects.toMatchObject(missing);
      const from = { registry: handle, repository: REPOSITORY, reference: '1.0' };
      const to = { registry: handle, repository: 'nosuch/web', tag: '1.0' };
      const plan = await planCopy(core, from, to);
      const { operationId } = await core.plans.start(plan.id);
      expect(await core.operations.finished(operationId)).toMatchObject({
        status: 'failed',
        failure: { ...missing, side: 'target' },
      });
    },
  );

  test('B9: the plan says where deleted tags are listed again, for the project is a cache', async () => {
    const { core, handle, harbor } = await setUp('projectAdmin');
    expect(await planFor(core, handle, REPOSITORY, ['latest'])).toMatchObject({ refilled: false });
    harbor.content.caches = true;
    expect(await planFor(core, handle, REPOSITORY, ['latest'])).toMatchObject({ refilled: true });
    expect(harbor.lines()).toContain('GET /api/v2.0/projects/team');
  });

  test('B8: a deletion plan reads nothing that counts as a pull, and says that its bytes are an upper bound', async () => {
    const { core, handle, harbor, image, other, signature, signatureTag } = await setUp('projectAdmin');
    const index = makeIndex([
      { manifest: await makeImage({ name: 'amd', layers: { amd: 3000 } }), platform: amd64 },
      { manifest: other, platform: arm64 },
    ]);
    harbor.content.push(index, 'multi');
    const plan = await planFor(core, handle, REPOSITORY, ['1.0', 'latest', 'multi']);
    expect(harbor.pulls()).toBe(0);
    expect(plan).toMatchObject({
      attached: { taken: true, byRegistry: true, manifests: 1, tags: [signatureTag] },
      bytesFreed: bytesOf(image, signature),
      // The one child without a tag, and the index itself: the list does not say what of it is whose.
      bytesInChildren: bytesOf(...index.children.slice(0, 1)) + index.bytes.length,
      bytesAtMost: true,
      countsPulls: true,
    });
    expect(plan.manifests.map(({ digest }) => digest).toSorted()).toEqual(
      [image, index, signature].map(({ digest }) => digest).toSorted(),
    );
    // A part of an index that stays goes alone, known from the list as well.
    const part = await planFor(core, handle, REPOSITORY, ['1.1']);
    expect(part).toMatchObject({ manifests: [], bytesFreed: 0, bytesAtMost: false });
    expect(harbor.pulls()).toBe(0);
    const { operationId } = await core.plans.start(plan.id, { consent: true });
    expect(await core.operations.finished(operationId)).toMatchObject({
      status: 'done',
      actions: { undo: true },
    });
    // Each manifest that goes, and what the index contains, once for the trash.
    expect(harbor.pulls()).toBe(5);
  });

  test('B8: what was read before makes the bytes of a plan on Harbor exact', async () => {
    const { core, handle, harbor, image } = await setUp('projectAdmin');
    for (const tag of Object.keys(harbor.content.tags())) await core.images.describe(handle, REPOSITORY, tag);
    const pulls = harbor.pulls();
    const plan = await planFor(core, handle, REPOSITORY, ['1.0', 'latest']);
    // Both images have the same layers: only what is of one alone becomes free.
    const [config] = image.blobs;
    expect(plan.bytesAtMost).toBe(false);
    expect(plan.bytesFreed).toBeLessThan(image.bytes.length + (config?.bytes.length ?? 0) + 2000);
    expect(harbor.pulls()).toBe(pulls);
  });

  test('B8: what Harbor deletes along is in the plan, asked for, kept, and put back', async () => {
    const { core, handle, harbor, image, signature, signatureTag } = await setUp('projectAdmin');
    const sbom = makeArtifact({ artifactType: 'application/spdx+json', subject: image });
    const signedSbom = makeArtifact({ artifactType: 'application/vnd.example.signature', subject: sbom });
    harbor.content.push(sbom);
    harbor.content.push(signedSbom);
    const before = harbor.content.tags();
    const plan = await planFor(core, handle, REPOSITORY, ['1.0', 'latest']);
    expect(plan).toMatchObject({
      needsConsent: true,
      alsoRemoved: [],
      attached: { taken: true, byRegistry: true, manifests: 3, tags: [signatureTag] },
      bytesAtMost: true,
    });
    expect(plan.bytesFreed).toBeGreaterThanOrEqual(bytesOf(image, signature, sbom, signedSbom));
    expect(harbor.pulls()).toBe(0);
    expect(new Set(plan.manifests.map(({ digest }) => digest))).toEqual(
      new Set([image, signature, sbom, signedSbom].map(({ digest }) => digest)),
    );
    await expect(core.plans.start(plan.id, { consent: false })).rejects.toMatchObject({
      code: 'consentNeeded',
    });
    const { operationId } = await core.plans.start(plan.id, { consent: true });
    expect(await core.operations.finished(operationId)).toMatchObject({
      status: 'done',
      actions: { undo: true },
    });
    expect(Object.keys(harbor.content.tags())).toEqual(['1.1']);
    for (const gone of [image, signature, sbom, signedSbom])
      expect(harbor.content.holds(gone.digest)).toBe(false);
    const undo = await startUndo(core, operationId);
    expect(await core.operations.finished(undo.operationId)).toMatchObject({ status: 'done' });
    expect(harbor.content.tags()).toEqual(before);
    for (const back of [image, signature, sbom, signedSbom])
      expect(harbor.content.holds(back.digest)).toBe(true);
  });

  test('B8: the tag of a signature, deleted together with its image, comes back as well', async () => {
    const { core, handle, harbor, signatureTag } = await setUp('projectAdmin');
    const before = harbor.content.tags();
    const plan = await planFor(core, handle, REPOSITORY, ['1.0', 'latest', signatureTag]);
    const { operationId } = await core.plans.start(plan.id, { consent: true });
    expect(await core.operations.finished(operationId)).toMatchObject({
      status: 'done',
      actions: { undo: true },
    });
    const undo = await startUndo(core, operationId);
    expect(await core.operations.finished(undo.operationId)).toMatchObject({ status: 'done' });
    expect(harbor.content.tags()).toEqual(before);
  });

  test('its garbage collection: a dry run is the plan, the run is followed to its end, with the log', async () => {
    const { core, handle, harbor } = await setUp('administrator');
    expect(await core.collections.facts(handle)).toMatchObject({ way: 'api', frees: ['harborCollection'] });
    expect(
      (await core.collections.remoteRuns(handle)).map(({ id, state, dryRun }) => [id, state, dryRun]),
    ).toEqual([
      ['14', 'done', false],
      ['13', 'done', true],
      ['9', 'done', false],
      ['8', 'done', true],
    ]);
    const plan = await core.collections.planRemote(handle, { untagged: false });
    expect(plan).toMatchObject({
      subject: { kind: 'collectRemote', untagged: false, bytes: 4730 },
      summary: { run: { id: '13', dryRun: true, freed: { blobs: 2, manifests: 6, bytes: 4730 } } },
      items: { total: 9, by: { run: 1, blob: 8 } },
    });
    expect(plan.summary.log).toContain('2 blobs and 6 manifests eligible for deletion');
    const { operationId } = await core.plans.start(plan.id);
    expect(await core.operations.finished(operationId)).toMatchObject({
      status: 'done',
      actions: { undo: false },
      outcome: {
        run: { id: '14', dryRun: false, freed: { blobs: 1, manifests: 6, bytes: 4314 } },
        log: expect.stringContaining('1 blobs and 6 manifests are actually deleted'),
      },
    });
    const asked = harbor.seen.filter(({ method, url }) => method === 'POST' && url.includes('/gc/'));
    expect(asked.map(({ body }) => JSON.parse(body.toString()).parameters)).toEqual([
      { delete_untagged: false, dry_run: true, workers: 1 },
      { delete_untagged: false, dry_run: false, workers: 1 },
    ]);
  });

  test('who is no administrator is told so, and a registry that is locked is not collected', async () => {
    const developer = await setUp('developer');
    const refused = developer.core.collections.planRemote(developer.handle, { untagged: true });
    await expect(refused).rejects.toMatchObject({ code: 'denied' });
    await expect(developer.core.collections.remoteRuns(developer.handle)).rejects.toMatchObject({
      code: 'denied',
    });
    const { core, account } = await setUp('administrator');
    core.accounts.setReadOnly(account.id, true);
    const locked = core.collections.planRemote(await core.accounts.handle(account.id), { untagged: false });
    await expect(locked).rejects.toMatchObject({ code: 'readOnly' });
  });

  test('rules of retention are those that were meant, whatever others delete meanwhile, and changes are taken back', async () => {
    const { core, handle } = await setUp('administrator');
    const rules = async () =>
      (await all(core.products.list(handle, 'retentionRule', { project: 'team' }))).flat();
    const amounts = async () => (await rules()).map(({ fields }) => fields.amount);
    const idOf = async (amount: number) =>
      (await rules()).find(({ fields }) => fields.amount === amount)?.id ?? '';
    const plan = (...wanted: Parameters<typeof core.products.planChanges>[1]) =>
      core.products.planChanges(handle, wanted);
    const run = async (planId: string) =>
      await core.operations.finished((await core.plans.start(planId)).operationId);
    const rule = (amount: number) =>
      ({
        act: 'create',
        kind: 'retentionRule',
        project: 'team',
        name: '',
        fields: { keeps: 'latestPushed', amount },
      }) as const;
    const gone = async (amount: number) =>
      ({ act: 'delete', kind: 'retentionRule', id: await idOf(amount) }) as const;
    const made = await run((await plan(rule(2), rule(3), rule(4))).id);
    expect([made.status, await amounts()]).toEqual(['done', [1, 2, 3, 4]]);

    const second = await plan(await gone(2));
    const last = await plan(await gone(4));
    expect((await run((await plan(await gone(1))).id)).status).toBe('done');
    expect((await run(second.id)).status).toBe('done');
    expect((await run(last.id)).status).toBe('done');
    expect(await amounts()).toEqual([3]);

    const stale = await plan({
      act: 'change',
      kind: 'retentionRule',
      id: await idOf(3),
      fields: { amount: 9 },
    });
    const change = await plan({
      act: 'change',
      kind: 'retentionRule',
      id: await idOf(3),
      fields: { amount: 7 },
    });
    const changed = await run(change.id);
    expect([changed.status, await amounts()]).toEqual(['done', [7]]);
    expect(await run(stale.id)).toMatchObject({ status: 'failed', failure: { code: 'planStale' } });
    const back = await run((await core.plans.planUndo(changed.id)).id);
    expect([back.status, await amounts()]).toEqual(['done', [3]]);
  });
});
