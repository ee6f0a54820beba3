import {
  type Database,
  type Inventory,
  Journal,
  KeptContents,
  Parts,
  Plans as PlanRows,
  type ProcessMark,
  SavedTransfers,
  type SettingsFile,
  TagChanges,
  Trash,
  Uploads,
} from '../data/index.ts';
import type { Collecting } from './collection/kind.ts';
import type { Content } from './content/index.ts';
import type { KindsData } from './operation-kinds.ts';
import { Operations } from './operations/index.ts';
import type { OperationKind } from './operations/kind.ts';
import { OperationKinds } from './operations/kinds.ts';
import { Locks } from './operations/locks.ts';
import { Plans } from './operations/plans.ts';
import { OperationPlacesOf } from './operations/registries.ts';
import { Trail } from './operations/trail.ts';
import { MadeSecrets } from './products/secrets.ts';
import type { Recorder } from './recorder.ts';
import type { Registries } from './registries/index.ts';
import { TrashBox } from './restoring/index.ts';
import { KeptContent } from './restoring/kept-content.ts';

/** What operations stand on, already open. */
interface OperationsOptions {
  home: string;
  /** Of what undo needs: on the disk before a registry is changed. */
  database: Database;
  /** Of what may be lost in a power cut. */
  relaxed: Database;
  settings: SettingsFile;
  inventory: Inventory;
  registries: Registries;
  content: Content;
  recorder: Recorder;
  /** Of the embedded registry, which comes after the operations: asked for when it runs. */
  collecting: Collecting;
  dryRun: boolean;
  /** The process that what runs belongs to. */
  owner: ProcessMark;
  now: () => Date;
}

/** What changes registries, whatever the kind: plans, locks, the runner with its journal and record, and the trash. Nothing runs yet. */
export function operationsModule(
  {
    home,
    database,
    relaxed,
    settings,
    inventory,
    registries,
    content,
    recorder,
    ...options
  }: OperationsOptions,
  kindsOf: (data: KindsData) => readonly OperationKind[],
) {
  const { collecting, dryRun, owner, now } = options;
  const preferences = () => settings.read().settings;
  const tagChanges = new TagChanges(relaxed);
  const trashed = new Trash(database);
  const kept = new KeptContent({
    home,
    rows: new KeptContents(database),
    trash: trashed,
    limits: preferences,
    now,
  });
  const saved = new SavedTransfers(database);
  const secrets = new MadeSecrets();
  const kinds = new OperationKinds(
    kindsOf({
      trash: trashed,
      kept,
      tagChanges,
      inventory,
      parts: new Parts(relaxed),
      uploads: new Uploads(relaxed, now),
      saved,
      settings,
      collecting,
      secrets,
    }),
  );
  const places = new OperationPlacesOf(registries, content);
  const locks = new Locks(preferences, dryRun);
  const journal = new Journal(database);
  const nameOf = (id: string) => settings.read().accounts.find((account) => account.id === id)?.name;
  const operations = new Operations({
    journal,
    tagChanges,
    trail: new Trail({ recorder, journal, tagChanges, kinds, nameOf }),
    kinds,
    places,
    keeper: kept,
    over: () => trash.tidy(),
    locks,
    owner,
    now,
  });
  const trash = new TrashBox({
    trash: trashed,
    kept,
    limits: preferences,
    operation: (id) => operations.get(id),
    now,
  });
  const plans = new Plans({
    rows: new PlanRows(relaxed),
    tagChanges,
    trash: trashed,
    kept,
    keepsContent: () => preferences().keepContent,
    kinds,
    operations,
    places,
    locks,
    now,
  });
  return { operations, plans, locks, trash, kept, kinds, tagChanges, saved, secrets };
}
