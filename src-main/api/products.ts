import type { Core } from '../services/index.ts';
import { api } from './base.ts';

export const productsApi = ({ accounts, products }: Core) =>
  api.products.router({
    managed: api.products.managed.handler(async ({ input: { accountId }, signal }) =>
      products.managed(await accounts.handle(accountId), { signal }),
    ),
    resources: api.products.resources.handler(async ({ input: { accountId, kind, project }, signal }) =>
      products.list(await accounts.handle(accountId), kind, { project, signal }),
    ),
    resource: api.products.resource.handler(async ({ input: { accountId, kind, id }, signal }) =>
      products.read(await accounts.handle(accountId), kind, id, { signal }),
    ),
    form: api.products.form.handler(async ({ input: { accountId, kind, project }, signal }) =>
      products.form(await accounts.handle(accountId), kind, { project, signal }),
    ),
    planChanges: api.products.planChanges.handler(async ({ input: { accountId, changes }, signal }) =>
      products.planChanges(await accounts.handle(accountId), changes, { signal }),
    ),
    planHandOver: api.products.planHandOver.handler(async ({ input: { accountId, ...wanted }, signal }) =>
      products.planHandOver(await accounts.handle(accountId), wanted, { signal }),
    ),
    takeSecrets: api.products.takeSecrets.handler(({ input: { operationId } }) =>
      products.takeSecrets(operationId),
    ),
    keepSecrets: api.products.keepSecrets.handler(({ input: { operationId, accountId } }) =>
      products.keepSecrets(operationId, accountId),
    ),
    runs: api.products.runs.handler(async ({ input: { accountId, ...at }, signal }) =>
      products.runs(await accounts.handle(accountId), at, { signal }),
    ),
    items: api.products.items.handler(async ({ input: { accountId, ...at }, signal }) =>
      products.items(await accounts.handle(accountId), at, { signal }),
    ),
    log: api.products.log.handler(async ({ input: { accountId, ...at }, signal }) =>
      products.log(await accounts.handle(accountId), at, { signal }),
    ),
    planJob: api.products.planJob.handler(async ({ input: { accountId, ...at }, signal }) =>
      products.planJob(await accounts.handle(accountId), at, { signal }),
    ),
    planStop: api.products.planStop.handler(async ({ input: { accountId, ...at }, signal }) =>
      products.planStop(await accounts.handle(accountId), at, { signal }),
    ),
    compareRetention: api.products.compareRetention.handler(async ({ input: { accountId, ...of }, signal }) =>
      products.compareRetention(await accounts.handle(accountId), of, { signal }),
    ),
    describe: api.products.describe.handler(async ({ input: { accountId }, signal }) =>
      products.describe(await accounts.handle(accountId), { signal }),
    ),
    advice: api.products.advice.handler(async ({ input: { accountId }, signal }) =>
      products.advice(await accounts.handle(accountId), { signal }),
    ),
    scanned: api.products.scanned.handler(async ({ input: { accountId, ...artifact }, signal }) =>
      products.scanned(await accounts.handle(accountId), artifact, { signal }),
    ),
    findings: api.products.findings.handler(async ({ input: { accountId, ...artifact }, signal }) =>
      products.findings(await accounts.handle(accountId), artifact, { signal }),
    ),
    startScan: api.products.startScan.handler(async ({ input: { accountId, ...artifact }, signal }) =>
      products.startScan(await accounts.handle(accountId), artifact, { signal }),
    ),
    stopScan: api.products.stopScan.handler(async ({ input: { accountId, ...artifact }, signal }) =>
      products.stopScan(await accounts.handle(accountId), artifact, { signal }),
    ),
    notes: api.products.notes.handler(async ({ input: { accountId, repository }, signal }) =>
      products.notes(await accounts.handle(accountId), repository, { signal }),
    ),
    foundRegistries: api.products.foundRegistries.handler(async ({ input: { accountId }, signal }) =>
      products.foundRegistries(await accounts.handle(accountId), { signal }),
    ),
    addRegistries: api.products.addRegistries.handler(async ({ input: { accountId, names }, signal }) =>
      products.addRegistries(await accounts.handle(accountId), { account: accountId, names }, { signal }),
    ),
    search: api.products.search.handler(async ({ input: { accountId, query }, signal }) =>
      products.search(await accounts.handle(accountId), query, { signal }),
    ),
    audit: api.products.audit.handler(async ({ input: { accountId, project }, signal }) =>
      products.audit(await accounts.handle(accountId), { project, signal }),
    ),
  });
