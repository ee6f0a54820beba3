import { access, mkdir, readdir, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { TemporaryFolder } from '../../src-main/services/content/temporary.ts';
import { fileOf, oldForm, tarOf } from '../engine/content/archives.ts';
import { makeImage } from '../support/images.ts';
import { startTestRegistry } from '../support/local-registry.ts';
import { push } from '../support/push.ts';
import { temporaryFolder } from '../support/temporary.ts';
import { testCore } from './support/core.ts';

async function isThere(file: string): Promise<boolean> {
  return await access(file).then(
    () => true,
    () => false,
  );
}

test('several images are one plan and one archive, of which nothing can be undone', async () => {
  const core = await testCore();
  const registry = await startTestRegistry();
  for (const name of ['one', 'two'])
    await push(
      await makeImage({ name, layers: { shared: 4096, [name]: 512 } }),
      registry,
      `team/${name}`,
      '1.0',
    );
  const file = path.join(await temporaryFolder(), 'both.tar');
  const source = await core.accounts.forHost(registry.url);
  const target = core.content.handle({ kind: 'dockerArchive', path: file });
  const copies = ['one', 'two'].map((name) => ({
    source: { repository: `team/${name}`, reference: '1.0' },
    target: { repository: `team/${name}`, tag: '1.0' },
  }));
  const plan = await core.transfers.planCopies(source, target, copies);
  expect(plan.items.by).toMatchObject({ new: 2 });
  expect(await isThere(file)).toBe(false);
  const { operationId } = await core.plans.start(plan.id);
  const operation = await core.operations.finished(operationId);
  expect(operation).toMatchObject({ status: 'done', actions: { undo: false } });
  expect(operation.title).toContain(`docker-archive:${file}`);
  expect(await core.content.names({ kind: 'dockerArchive', path: file })).toEqual([
    { repository: 'docker.io/team/one', tag: '1.0' },
    { repository: 'docker.io/team/two', tag: '1.0' },
  ]);
  expect(await readdir(path.dirname(file))).toEqual(['both.tar']);
});

test('an archive that changed is read anew', async () => {
  const core = await testCore();
  const [one, two] = [await makeImage({ name: 'one' }), await makeImage({ name: 'two' })];
  const file = await fileOf(await tarOf(oldForm(one, 'team/one:1.0')));
  const place = { kind: 'dockerArchive', path: file } as const;
  expect(await core.content.names(place)).toMatchObject([{ repository: 'docker.io/team/one' }]);
  await writeFile(file, await tarOf([...oldForm(two, 'team/two:1.0'), ['more', 'x']]));
  expect(await core.content.names(place)).toMatchObject([{ repository: 'docker.io/team/two' }]);
});

test('what lies in the folder for archives is for this user alone, and goes with its process', async () => {
  const home = await temporaryFolder();
  // Higher than any process has.
  const left = path.join(home, 'temporary', `${2 ** 30}-left`);
  await mkdir(left, { recursive: true });
  await writeFile(path.join(left, 'half.tar'), 'x');
  const folder = new TemporaryFolder(home);
  const own = await folder.path();
  expect((await stat(own)).mode & 0o777).toBe(0o700);
  expect(await readdir(path.join(home, 'temporary'))).toEqual([path.basename(own)]);
  await folder.close();
  expect(await readdir(path.join(home, 'temporary'))).toEqual([]);
});
