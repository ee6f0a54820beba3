import path from 'node:path';
import { expect, test } from 'vitest';
import {
  Audit,
  ContentCache,
  CredentialStore,
  DataError,
  Inventory,
  Journal,
  KeptContents,
  openDatabase,
  Parts,
  Plans as PlanRows,
  SavedTransfers,
  SettingsFile,
  TagChanges,
  Trash,
  Uploads,
} from '../../src-main/data/index.ts';
import { Content } from '../../src-main/services/content/index.ts';
import { Deletion } from '../../src-main/services/deletion/index.ts';
import { operationKinds } from '../../src-main/services/operation-kinds.ts';
import { Operations } from '../../src-main/services/operations/index.ts';
import { OperationKinds } from '../../src-main/services/operations/kinds.ts';
import { Locks } from '../../src-main/services/operations/locks.ts';
import { Plans } from '../../src-main/services/operations/plans.ts';
import { OperationPlacesOf } from '../../src-main/services/operations/registries.ts';
import { Trail } from '../../src-main/services/operations/trail.ts';
import { MadeSecrets } from '../../src-main/services/products/secrets.ts';
import { Recorder } from '../../src-main/services/recorder.ts';
import { Registries } from '../../src-main/services/registries/index.ts';
import { KeptContent } from '../../src-main/services/restoring/kept-content.ts';
import { SignIns } from '../../src-main/services/sign-ins/index.ts';
import { SecretKeeper } from '../../src-main/services/sign-ins/secrets.ts';
import { whenFinished } from '../support/cleanup.ts';
import { makeImage } from '../support/images.ts';
import { startTestRegistry } from '../support/local-registry.ts';
import { plainRequest, push } from '../support/push.ts';
import { temporaryFolder } from '../support/temporary.ts';

/** A trash on a disk that is full as long as `full` is set. */
class FullTrash extends Trash {
  full = true;

  override keep(...given: Parameters<Trash['keep']>): void {
    if (this.full) throw new DataError('diskFull', 'database or disk is full');
    super.keep(...given);
  }
}

test('a manifest that cannot be put into the trash is not deleted; with room again a retry deletes it', async () => {
  const registry = await startTestRegistry();
  await push(await makeImage(), registry, 'team/app', '1');
  const folder = await temporaryFolder();
  const { database, cache } = await openDatabase(path.join(folder, 'wharfinger.db'));
  const settings = new SettingsFile({ folder, exclusively: (work) => database.transaction(work) });
  const now = () => new Date();
  const inventory = new Inventory({ inventory: path.join(folder, 'inventory.db'), former: '' });
  const registries = new Registries({
    inventory,
    settings,
    secrets: new SecretKeeper(new CredentialStore(null), settings),
    signIns: new SignIns({ HOME: folder }),
    cache: new ContentCache(cache),
    environment: {},
    version: '0',
    now,
  });
  const trash = new FullTrash(database);
  const tagChanges = new TagChanges(cache);
  const kept = new KeptContent({
    home: folder,
    rows: new KeptContents(database),
    trash,
    limits: () => settings.read().settings,
    now,
  });
  const data = {
    trash,
    kept,
    tagChanges,
    inventory,
    parts: new Parts(cache),
    uploads: new Uploads(cache, now),
    saved: new SavedTransfers(database),
    settings,
    collecting: () => Promise.reject(new Error('There is no local registry here.')),
    secrets: new MadeSecrets(),
  };
  const kinds = new OperationKinds(operationKinds(data));
  const content = new Content({ home: folder, environment: {} });
  const places = new OperationPlacesOf(registries, content);
  const locks = new Locks(() => settings.read().settings, false);
  const journal = new Journal(database);
  const actor = { user: 'tester', machine: 'here', app: 'cli' };
  const recorder = new Recorder(new Audit(database, { note: () => {} }), actor, now);
  const operations = new Operations({
    journal,
    tagChanges,
    trail: new Trail({ recorder, journal, tagChanges, kinds, nameOf: () => undefined }),
    kinds,
    places,
    keeper: kept,
    over: () => {},
    locks,
    owner: { text: 'this test' },
    now,
  });
  whenFinished(async () => {
    await operations.close();
    await registries.close();
    await content.close();
    await inventory.close();
    database.close();
    cache.close();
  });

  const plans = new Plans({
    rows: new PlanRows(cache),
    tagChanges,
    trash,
    kept,
    keepsContent: () => false,
    kinds,
    operations,
    places,
    locks,
    now,
  });
  const deletion = new Deletion(plans, inventory);
  const handle = await registries.forHost(registry.url, {});
  const plan = await deletion.planFor(handle, 'team/app', ['1']);
  // No account belongs to it: its origin is what a retry goes by.
  expect(plan.subject.place).toMatchObject({ origin: registry.url });
  const { operationId } = await plans.start(plan.id, { typed: plan.typed });
  expect(await operations.finished(operationId)).toMatchObject({
    status: 'failed',
    failure: { code: 'diskFull' },
    actions: { undo: false },
  });
  expect((await plainRequest(registry, '/v2/team/app/manifests/1', { method: 'HEAD' })).status).toBe(200);
  trash.full = false;
  await operations.retry(operationId);
  expect(await operations.finished(operationId)).toMatchObject({ status: 'done', actions: { undo: true } });
  expect((await plainRequest(registry, '/v2/team/app/manifests/1', { method: 'HEAD' })).status).toBe(404);
});
