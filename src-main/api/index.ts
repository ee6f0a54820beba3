import type { Router } from '@orpc/server';
import type { Contract } from '../contract/index.ts';
import type { Core } from '../services/index.ts';
import { accountsApi } from './accounts.ts';
import { appApi } from './app.ts';
import { auditApi } from './audit.ts';
import { api } from './base.ts';
import { catalogApi } from './catalog.ts';
import { cleanupApi } from './cleanup.ts';
import { rulesApi } from './cleanup-rules.ts';
import { collectionsApi } from './collections.ts';
import { comparisonApi } from './comparison.ts';
import { comparisonMatrixApi } from './comparison-matrix.ts';
import { contentApi } from './content.ts';
import { deletionApi } from './deletion.ts';
import { filesApi } from './files.ts';
import { findApi } from './find.ts';
import { imagesApi } from './images.ts';
import { inventoryApi } from './inventory.ts';
import { localRegistryApi } from './local-registry.ts';
import { operationsApi } from './operations.ts';
import { packagesApi } from './packages.ts';
import { plansApi } from './plans.ts';
import { productsApi } from './products.ts';
import { referrersApi } from './referrers.ts';
import { storageApi } from './storage.ts';
import { transfersApi } from './transfers.ts';
import { trashApi } from './trash.ts';

export { createDownload, createUpload, type GiveDownload, type TakeUpload } from './content.ts';

/** The contract's implementation, to be given to an oRPC handler (message port, WebSocket) or to a router client. */
export type ApiRouter = Router<Contract, Record<never, never>>;

export function createRouter(core: Core): ApiRouter {
  return api.router({
    accounts: accountsApi(core),
    catalog: catalogApi(core),
    collections: collectionsApi(core),
    images: imagesApi(core),
    referrers: referrersApi(core),
    files: filesApi(core),
    find: findApi(core),
    packages: packagesApi(core),
    comparison: comparisonApi(core),
    comparisonMatrix: comparisonMatrixApi(core),
    content: contentApi(core),
    deletion: deletionApi(core),
    cleanup: cleanupApi(core),
    transfers: transfersApi(core),
    plans: plansApi(core),
    products: productsApi(core),
    trash: trashApi(core),
    operations: operationsApi(core),
    audit: auditApi(core),
    storage: storageApi(core),
    inventory: inventoryApi(core),
    rules: rulesApi(core),
    localRegistry: localRegistryApi(core),
    app: appApi(core),
  });
}
