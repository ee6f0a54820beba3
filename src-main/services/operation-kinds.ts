import type {
  Inventory,
  Parts,
  SavedTransfers,
  SettingsFile,
  TagChanges,
  Trash,
  Uploads,
} from '../data/index.ts';
import { cleanupKind } from './cleanup/kind.ts';
import { type Collecting, collectKind } from './collection/kind.ts';
import { remoteCollectKind } from './collection/remote-kind.ts';
import { deletionKind } from './deletion/kind.ts';
import { deleteManyKind } from './deletion/many-kind.ts';
import { renameKind } from './deletion/rename.ts';
import type { OperationKind } from './operations/kind.ts';
import { productChangeKind } from './products/change-kind.ts';
import { productJobKind } from './products/job-kind.ts';
import type { MadeSecrets } from './products/secrets.ts';
import type { KeptContent } from './restoring/kept-content.ts';
import { restoreKind } from './restoring/kind.ts';
import { transferKinds } from './transfers/kind.ts';

/** What kinds of operations keep. */
export interface KindsData {
  trash: Trash;
  kept: KeptContent;
  tagChanges: TagChanges;
  inventory: Inventory;
  parts: Parts;
  uploads: Uploads;
  saved: SavedTransfers;
  settings: SettingsFile;
  /** Of the embedded registry. */
  collecting: Collecting;
  /** That products answered with. */
  secrets: MadeSecrets;
}

/** All kinds of operations: adding one is its folder and a line here. */
export function operationKinds(data: KindsData): OperationKind[] {
  return [
    deletionKind(data),
    cleanupKind(data),
    deleteManyKind(data),
    renameKind(data),
    restoreKind(data),
    collectKind(data),
    remoteCollectKind(),
    productChangeKind(data.secrets),
    productJobKind(),
    ...transferKinds({
      ...data,
      concurrency: () => data.settings.read().settings.transferConcurrency,
      started: (savedId, operationId) => data.saved.noteRun(savedId, operationId),
    }),
  ];
}
