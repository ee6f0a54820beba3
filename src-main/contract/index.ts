import { accounts } from './accounts.ts';
import { audit } from './audit.ts';
import { catalog } from './catalog.ts';
import { cleanup } from './cleanup.ts';
import { rules } from './cleanup-rules.ts';
import { collections } from './collections.ts';
import { comparison } from './comparison.ts';
import { comparisonMatrix } from './comparison-matrix.ts';
import { content } from './content.ts';
import { deletion } from './deletion.ts';
import { files } from './files.ts';
import { find } from './find.ts';
import { images } from './images.ts';
import { inventory } from './inventory.ts';
import { localRegistry } from './local-registry.ts';
import { operations } from './operations.ts';
import { packages } from './packages.ts';
import { plans } from './plans.ts';
import { products } from './products.ts';
import { referrers } from './referrers.ts';
import { app } from './settings.ts';
import { storage } from './storage.ts';
import { transfers } from './transfers.ts';
import { trash } from './trash.ts';

/** All the renderer may ask of the main side. Both ends infer their types from it. */
export const contract = {
  accounts,
  catalog,
  collections,
  images,
  referrers,
  files,
  comparison,
  comparisonMatrix,
  find,
  content,
  deletion,
  cleanup,
  transfers,
  packages,
  plans,
  products,
  trash,
  operations,
  audit,
  storage,
  inventory,
  rules,
  localRegistry,
  app,
};
export type Contract = typeof contract;
