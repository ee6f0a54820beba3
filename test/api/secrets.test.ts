import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { inspect } from 'node:util';
import { createRouterClient, ORPCError } from '@orpc/server';
import { expect, test } from 'vitest';
import { createRouter } from '../../src-main/api/index.ts';
import { all, settingsFor, TestKeychain, testCore } from '../services/support/core.ts';
import { makeCertificates } from '../support/certificates.ts';
import { makeImage } from '../support/images.ts';
import { startTestRegistry } from '../support/local-registry.ts';
import { planned } from '../support/planned.ts';
import { basicAuthorization, push } from '../support/push.ts';

const MARKER = 'MARKER-secret-value';

const base64 = (text: string) => Buffer.from(text).toString('base64').slice(0, 20);

/** Every form in which a secret might leak; base64 as it is in an `Authorization` header, whatever follows. */
const forms = [MARKER, encodeURIComponent(MARKER), base64(MARKER), base64(`ann:${MARKER}`)];

test('no secret comes back through any call of the contract, nor is in any file', async () => {
  const password = `${MARKER}-password`;
  const registry = await startTestRegistry({ auth: { kind: 'basic', users: { ann: password } } });
  const elsewhere = await startTestRegistry({ auth: { kind: 'basic', users: { ann: 'another' } } });
  const open = await startTestRegistry();
  const image = await makeImage();
  for (const tag of ['1', '2']) {
    await push(
      image,
      { url: registry.url, authorize: () => basicAuthorization('ann', password) },
      'team/app',
      tag,
    );
  }
  const core = await testCore({ keychain: new TestKeychain() });
  const client = createRouterClient(createRouter(core));
  const heard: unknown[] = [];
  const listen = async (call: Promise<unknown>): Promise<void> => {
    try {
      const output = await call;
      const stream = typeof output === 'object' && output !== null && Symbol.asyncIterator in output;
      heard.push(stream ? await all(output as AsyncIterable<unknown>) : output);
    } catch (error) {
      heard.push(error instanceof ORPCError ? error.toJSON() : String(error), (error as Error).stack, error);
    }
  };

  const signIn = { kind: 'password', username: 'ann' } as const;
  const { client: certificate } = await makeCertificates();
  const settings = settingsFor(registry.url, { signIn });
  const account = await client.accounts.add({ settings, secrets: { password } });
  const wrong = await client.accounts.add({
    settings: settingsFor(elsewhere.url, { signIn }),
    secrets: { password: `${MARKER}-wrong` },
  });
  const target = await client.accounts.add({ settings: settingsFor(open.url), secrets: {} });
  heard.push(account, wrong);
  const secrets = {
    password: `${MARKER}-p`,
    identityToken: `${MARKER}-t`,
    clientKey: `-----BEGIN ${MARKER}`,
    clientKeyPassphrase: `${MARKER}-pp`,
  };
  const tls = { verify: true, clientCertificate: certificate.certificate };
  const place = { accountId: account.id, repository: 'team/app' };

  await listen(client.accounts.list());
  await listen(client.accounts.add({ settings, secrets }));
  await listen(client.accounts.add({ settings: settingsFor('x.test', { tls }), secrets }));
  await listen(client.accounts.add({ settings: settingsFor(`https://ann:${MARKER}@x.test`), secrets }));
  await listen(
    client.accounts.add({
      settings: settingsFor('proxied.test', {
        proxy: { kind: 'url', url: `http://ann:${MARKER}@127.0.0.1:1` },
      }),
      secrets: {},
    }),
  );
  await listen(client.accounts.add({ settings: { ...settings, name: '' }, secrets }));
  await listen(client.accounts.test({ settings, secrets }));
  await listen(client.accounts.test({ id: account.id, settings, secrets: {} }));
  await listen(client.accounts.test({ settings: settingsFor(elsewhere.url, { signIn }), secrets }));
  await listen(
    client.accounts.test({ settings: settingsFor('https://127.0.0.1:1', { signIn, tls }), secrets }),
  );
  await listen(
    client.accounts.update({ id: account.id, settings: { ...settings, name: 'New' }, secrets: {} }),
  );
  await listen(client.accounts.keychain());
  await listen(client.accounts.findSignIns());
  const accounts = await client.accounts.list();
  expect(accounts.map(({ url }) => url)).toContain('https://proxied.test');
  for (const proxied of accounts) {
    await listen(client.catalog.overview({ accountId: proxied.id }));
    await listen(client.catalog.repositories({ accountId: proxied.id }));
    await listen(client.catalog.tags({ accountId: proxied.id, repository: 'team/app' }));
    await listen(
      client.catalog.tagDetails({ accountId: proxied.id, repository: 'team/app', tags: ['1', '2'] }),
    );
    await listen(client.images.get({ accountId: proxied.id, repository: 'team/app', reference: '1' }));
  }
  const deletion = await planned(client.deletion.plan({ ...place, tags: ['2'] }));
  heard.push(deletion);
  const deleted = await client.plans.start({ planId: deletion.id, consent: false });
  heard.push(await core.operations.finished(deleted.operationId));
  const copy = await client.transfers.planCopies({
    source: place.accountId,
    target: target.id,
    copies: [
      {
        source: { repository: place.repository, reference: '1' },
        target: { repository: 'team/app', tag: '1' },
      },
    ],
  });
  heard.push(copy);
  const copied = await client.plans.start({ planId: copy.id });
  heard.push(await core.operations.finished(copied.operationId));
  await listen(
    client.transfers.planCopies({
      source: place.accountId,
      target: wrong.id,
      copies: [
        {
          source: { repository: place.repository, reference: '1' },
          target: { repository: 'team/app', tag: '1' },
        },
      ],
    }),
  );
  const told = new Set<string>();
  for await (const operation of await client.operations.watch()) {
    heard.push(operation);
    if (told.add(operation.id).size === 2) break;
  }
  await listen(client.operations.history({ limit: 100 }));
  const page = { offset: 0, limit: 100 };
  await listen(client.audit.history(page));
  await listen(client.audit.changes({ operationId: copied.operationId, ...page }));
  for (const format of ['jsonl', 'csv'] as const) await listen(client.audit.export({ format }));
  await listen(client.app.settings());
  await listen(client.app.notices());
  await listen(client.app.about());
  await core.close();

  expect(heard.length).toBeGreaterThan(40);
  // The server's own error with all its causes, not only what crosses the transport.
  const texts = [
    JSON.stringify(heard),
    inspect(heard, { depth: 20, maxStringLength: null, showHidden: true }),
  ];
  const files = readdirSync(core.home, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  expect(files.map(({ name }) => name)).toEqual(expect.arrayContaining(['settings.json', 'wharfinger.db']));
  for (const file of files) texts.push(readFileSync(path.join(file.parentPath, file.name), 'latin1'));
  for (const form of forms) for (const text of texts) expect(text.includes(form), form).toBe(false);
});
