import { hostname, userInfo } from 'node:os';
import { join } from 'node:path';
import { wantsDryRun } from '../common/dry-run.ts';
import {
  Audit,
  AuditReader,
  CleanupRules,
  ContentCache,
  CredentialStore,
  FileCache,
  HeadFile,
  headFileIn,
  Inventory,
  openDatabase,
  ProcessMark,
  SavedComparisons as SavedComparisonRows,
  SettingsFile,
  UnfinishedLooks,
} from '../data/index.ts';
import { Accounts } from './accounts/index.ts';
import { AuditRecord } from './audit/index.ts';
import { Catalog } from './browsing/catalog.ts';
import { Images } from './browsing/images.ts';
import { Cleanup, understood } from './cleanup/index.ts';
import { recordedRules } from './cleanup/recorded-rules.ts';
import { SavedCleanups } from './cleanup/saved.ts';
import { scheduleCleanups } from './cleanup/schedule.ts';
import { Collections } from './collection/index.ts';
import type { Collecting } from './collection/kind.ts';
import { Comparisons } from './comparison/index.ts';
import { ComparisonMatrix } from './comparison-matrix/index.ts';
import { SavedComparisons } from './comparison-matrix/saved.ts';
import { scheduleLooks } from './comparison-matrix/saved-looks.ts';
import { Content } from './content/index.ts';
import type { Core, CoreOptions } from './core/index.ts';
import { Deletion } from './deletion/index.ts';
import { Find } from './find/index.ts';
import { Scans } from './inventory/index.ts';
import { KeepFresh } from './inventory/keep-fresh.ts';
import { Files } from './layers/index.ts';
import { KnownLayers } from './layers/known-layers.ts';
import { LocalRegistries } from './local-registry/index.ts';
import { type KindsData, operationKinds } from './operation-kinds.ts';
import type { OperationKind } from './operations/kind.ts';
import { operationsModule } from './operations-module.ts';
import { packageFinder } from './packages/finder.ts';
import { Packages } from './packages/index.ts';
import { productsService } from './products/index.ts';
import { aboutAccount, recordedChanges } from './recorded-settings.ts';
import { Recorder } from './recorder.ts';
import { Referrers } from './referrers/index.ts';
import { Registries } from './registries/index.ts';
import { rules } from './rules/index.ts';
import { AppSettings } from './settings/index.ts';
import { SignIns } from './sign-ins/index.ts';
import { SecretKeeper } from './sign-ins/secrets.ts';
import { Storage } from './storage/index.ts';
import { Transfers } from './transfers/index.ts';
import { SavedSyncs } from './transfers/saved.ts';

export { reportOf } from './comparison/report.ts';
export { pinnedImage } from './comparison/sides.ts';
export { secretMask } from './comparison/words.ts';
export type { ComparedImages } from './core/comparison.ts';
export type { MatrixSideAt } from './core/comparison-matrix.ts';
export type { ImageAt } from './core/image-at.ts';
export type { Core, CoreOptions } from './core/index.ts';
export type { StoragePart } from './core/storage.ts';
export { failureOf } from './failure.ts';
export { insecurityOf } from './registries/index.ts';
export { registryKey } from './registry-key.ts';
export { tagMatcher } from './transfers/selection.ts';
export type * from './types.ts';

/**
 * Opens everything under `options.home`. Two processes may have the same home open at once.
 *
 * @throws DataError `diskFull`, `storageFailed`, `settingsFile`
 */
export async function createCore(
  options: CoreOptions,
  kindsOf: (data: KindsData) => readonly OperationKind[] = operationKinds,
): Promise<Core> {
  const { home, keychain, host, version, environment, openStore, now = () => new Date() } = options;
  const file = join(home, 'wharfinger.db');
  const { database, cache: relaxed, keptAside } = await openDatabase(file, now);
  const mark = new ProcessMark();
  const release = () => {
    mark.close();
    database.close();
    relaxed.close();
  };
  try {
    // The database's write lock serves the settings file as well: one process at a time changes it.
    const exclusively = <T>(work: () => T): T => database.transaction(work);
    const head = new HeadFile(home, database, now);
    const actor = { user: userName(), machine: hostname(), app: host };
    const recorder = new Recorder(new Audit(database, head), actor, now);
    const settings = new SettingsFile({
      folder: home,
      openStore,
      exclusively,
      // In the same transaction: what is not recorded is not changed.
      changing: (...change) => {
        for (const recorded of recordedChanges(...change)) recorder.add(recorded);
      },
      now,
    });
    if (keptAside) {
      settings.update(({ notices }) => {
        notices.push({ id: keptAside.keptAs, kind: 'databaseKeptAside', file, ...keptAside });
      });
    }
    const credentials = new CredentialStore(keychain);
    const secrets = new SecretKeeper(credentials, settings);
    const signIns = new SignIns(environment);
    const cache = new ContentCache(relaxed, { now });
    const inventory = new Inventory({ inventory: join(home, 'inventory.db'), former: file });
    const registries = new Registries({
      settings,
      secrets,
      signIns,
      cache,
      inventory,
      environment,
      version,
      trace: options.trace,
      now,
    });
    const content = new Content({ home, environment });
    const dryRun = wantsDryRun(environment);
    const collecting: Collecting = (work) => localRegistry.collecting(work);
    const { operations, plans, locks, trash, kept, kinds, tagChanges, ...changing } = operationsModule(
      {
        ...{ home, database, relaxed, settings, inventory, registries, content, recorder },
        ...{ collecting, dryRun, owner: mark, now },
      },
      kindsOf,
    );
    const auditReader = new AuditReader(
      { record: file, texts: join(home, 'audit-text.db') },
      headFileIn(home),
    );
    await operations.recover();
    const scans = new Scans({ inventory, registries, settings, owner: mark, now });
    const savedCleanups = new SavedCleanups({
      rows: new CleanupRules(database),
      check: understood,
      exclusively,
      changing: (before, after) => {
        const id = (after ?? before)?.accountId;
        const account = settings.read().accounts.find((each) => each.id === id);
        const recorded = recordedRules(before, after, account ? aboutAccount(account) : NO_ACCOUNT);
        if (recorded) recorder.add(recorded);
      },
      now,
    });
    const cleanup = new Cleanup({ plans, saved: savedCleanups, inventory, scans, now });
    const cleanupSchedule = scheduleCleanups({
      saved: savedCleanups,
      plan: async (saved, signal) =>
        await cleanup.planSaved(await registries.handle(saved.accountId), saved, signal),
      plans,
      now,
    });
    const comparisons = new SavedComparisons(new SavedComparisonRows(database), now);
    const looks = scheduleLooks({
      saved: comparisons,
      inventory,
      scans,
      handle: (id) => registries.handle(id),
      now,
    });
    const transfers = new Transfers({ plans, saved: new SavedSyncs(changing.saved, now), inventory, now });
    const keepFresh = new KeepFresh({ settings, inventory, registries, scans, now });
    const accounts = new Accounts({
      settings,
      secrets,
      credentials,
      registries,
      signIns,
      inUse: (id) => operations.inUse(id) || scans.inUse(id),
      forget: (id) => {
        void inventory.forget(id);
        savedCleanups.forget(id);
      },
      now,
    });
    const localRegistry = new LocalRegistries({
      home,
      settings,
      accounts,
      secrets,
      copyText: options.copyText,
      remember: host !== 'cli',
    });
    if (host !== 'cli') {
      inventory.prepare();
      await localRegistry.resume();
      // A window goes on with what it was doing; a command does what it was asked.
      await operations.resumeInterrupted();
      void scans.resumeInterrupted().catch(() => {});
      keepFresh.start();
      trash.tidy();
      cleanupSchedule.start();
      looks.start();
    }
    const layers = new KnownLayers(new FileCache(join(home, 'layers')), packageFinder);
    const packages = new Packages(layers, {
      version,
      now,
      keep: ({ digest, source, packages: found, problems }, diffIds) =>
        inventory.lookedInto({
          digest,
          source,
          packages: found.map(({ type, name, version: of }) => ({ type, name, version: of })),
          partly: problems.some(({ path, layer }) => path !== undefined || layer !== undefined),
          ...(diffIds ? { diffIds } : {}),
          looked: now().getTime(),
        }),
    });
    const find = new Find({
      inventory,
      layers,
      packages,
      accounts,
      unfinished: new UnfinishedLooks(database),
    });
    if (host !== 'cli') find.resume();
    const runtime = `${process.versions.electron ? `Electron ${process.versions.electron}, ` : ''}Node ${process.versions.node}`;
    return {
      accounts,
      catalog: new Catalog({
        settings,
        inventory,
        now,
      }),
      images: new Images(inventory, now),
      referrers: new Referrers(),
      content,
      files: new Files(layers),
      comparison: new Comparisons(layers, packages),
      comparisonMatrix: new ComparisonMatrix({ inventory, scans, transfers, saved: comparisons, looks, now }),
      find,
      packages,
      rules,
      deletion: new Deletion(plans, inventory),
      cleanup,
      transfers,
      plans,
      operations,
      audit: new AuditRecord({ reader: auditReader, operations, tagChanges, kinds }),
      storage: new Storage(inventory, now),
      inventory: scans,
      localRegistry,
      collections: new Collections(plans, collecting, inventory),
      products: productsService({
        plans,
        locks,
        secrets: changing.secrets,
        accounts,
        cleanup,
        syncs: () => transfers.saved(),
        passwordOf: async (id) => (await secrets.read(registries.stored(id))).password,
      }),
      trash,
      settings: new AppSettings(
        settings,
        credentials,
        {
          version,
          host: host === 'desktop' ? host : 'browser',
          runtime,
          home,
          dryRun,
        },
        (folder) => kept.checkFolder(folder),
      ),
      async close() {
        await find.close();
        await cleanupSchedule.close();
        savedCleanups.close();
        await looks.close();
        comparisons.close();
        await operations.close();
        await trash.close();
        await keepFresh.close();
        await scans.close();
        await registries.close();
        await content.close();
        await cache.close();
        await localRegistry.close();
        await inventory.close();
        await auditReader.close();
        await head.close();
        release();
      },
    };
  } catch (error) {
    release();
    throw error;
  }
}

/** Of rules whose account is gone. */
const NO_ACCOUNT = { registry: null, account: null };

/** Who the record names. A container's user may have no name. */
function userName(): string {
  try {
    return userInfo().username;
  } catch {
    return `user ${process.getuid?.() ?? 'unknown'}`;
  }
}
