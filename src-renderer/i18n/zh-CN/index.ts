import type { English } from '../en/index.ts';
import type { Translation } from '../translation.ts';
import { accounts } from './accounts.ts';
import { activity } from './activity.ts';
import { administration } from './administration.ts';
import { cleanup } from './cleanup.ts';
import { collection } from './collection.ts';
import { commands } from './commands.ts';
import { common } from './common.ts';
import { comparedRetention } from './compared-retention.ts';
import { comparison } from './comparison.ts';
import { comparisonMatrix } from './comparison-matrix.ts';
import { deletion } from './deletion.ts';
import { errors } from './errors.ts';
import { files } from './files.ts';
import { find } from './find.ts';
import { freeing } from './freeing.ts';
import { handingOver } from './handing-over.ts';
import { image } from './image.ts';
import { layout } from './layout.ts';
import { open } from './open.ts';
import { operations } from './operations.ts';
import { packages } from './packages.ts';
import { palette } from './palette.ts';
import { plans } from './plans.ts';
import { push } from './push.ts';
import { referrers } from './referrers.ts';
import { registry } from './registry.ts';
import { renaming } from './renaming.ts';
import { repositories } from './repositories.ts';
import { restoring } from './restoring.ts';
import { saveImage } from './save-image.ts';
import { saving } from './saving.ts';
import { selection } from './selection.ts';
import { settings } from './settings.ts';
import { storage } from './storage.ts';
import { tags } from './tags.ts';
import { transferPages } from './transfer-pages.ts';
import { transfers } from './transfers.ts';
import { ui } from './ui.ts';
import { vulnerabilities } from './vulnerabilities.ts';
import { welcome } from './welcome.ts';

/** All words in simplified Chinese; its type keeps it complete against the English. */
export const zhCN: Translation<English> = {
  accounts,
  activity,
  administration,
  cleanup,
  collection,
  commands,
  common,
  comparedRetention,
  comparison,
  comparisonMatrix,
  deletion,
  errors,
  files,
  find,
  freeing,
  handingOver,
  image,
  layout,
  open,
  operations,
  packages,
  palette,
  plans,
  push,
  referrers,
  registry,
  renaming,
  repositories,
  restoring,
  saveImage,
  saving,
  selection,
  settings,
  storage,
  tags,
  transferPages,
  transfers,
  ui,
  vulnerabilities,
  welcome,
};
