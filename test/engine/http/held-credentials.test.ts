import { afterEach, describe, expect, test, vi } from 'vitest';
import { headBlob } from '../../../src-main/engine/endpoints/blobs.ts';
import { uploadBlob } from '../../../src-main/engine/endpoints/uploads.ts';
import { HeldCredentials, type ReadCredentials } from '../../../src-main/engine/http/held-credentials.ts';
import { type Credentials, listTags, type RegistryClient } from '../../../src-main/engine/index.ts';
import { seededBytes, sha256 } from '../../support/images.ts';
import { startTestRegistry } from '../../support/local-registry.ts';
import { clientOf, collect, failureOf, startServer } from '../../support/server.ts';
import { startTokenService } from '../../support/token-service.ts';

const password = (text: string, expires?: number): Credentials => ({
  kind: 'password',
  username: 'ann',
  password: text,
  expires,
});

/** A source of passwords that counts how often it is read. */
function sourceOf(...passwords: readonly Credentials[]): { read: ReadCredentials; reads: () => number } {
  let reads = 0;
  return { read: async () => passwords[Math.min(reads++, passwords.length - 1)], reads: () => reads };
}

describe('held credentials', () => {
  afterEach(() => void vi.useRealTimers());

  test('are read once for all who were refused, and given to those who come late', async () => {
    const { read, reads } = sourceOf(password('second'));
    const held = new HeldCredentials(password('first'), read);
    const refused = password('first');
    const others = await Promise.all(Array.from({ length: 50 }, () => held.after(refused)));
    expect(others).toEqual(Array(50).fill(password('second')));
    expect(await held.after(refused)).toEqual(password('second'));
    expect(reads()).toBe(1);
  });

  test('that stay the same are not tried again, and not read again at once', async () => {
    const { read, reads } = sourceOf(password('wrong'));
    const held = new HeldCredentials(password('wrong'), read);
    for (let at = 0; at < 20; at++) expect(await held.after(password('wrong'))).toBeUndefined();
    expect(reads()).toBe(1);
  });

  test('are read again after a while', async () => {
    vi.useFakeTimers({ toFake: ['performance'] });
    const { read, reads } = sourceOf(password('first'), password('second'));
    const held = new HeldCredentials(password('first'), read);
    expect(await held.after(password('first'))).toBeUndefined();
    vi.advanceTimersByTime(31_000);
    expect(await held.after(password('first'))).toEqual(password('second'));
    expect(reads()).toBe(2);
  });

  test('are read before they end; ones that cannot be read are used to their end', async () => {
    const near = password('first', Date.now() + 10_000);
    const { read, reads } = sourceOf(password('second', Date.now() + 3_600_000));
    const held = new HeldCredentials(near, read);
    expect(await held.get()).toMatchObject({ password: 'second' });
    expect(await held.get()).toMatchObject({ password: 'second' });
    expect(reads()).toBe(1);
    const failing = new HeldCredentials(near, () => Promise.reject(new Error('no helper')));
    expect(await failing.get()).toBe(near);
    expect(await new HeldCredentials(near).get()).toBe(near);
  });

  test('that are gone from their source stay refused; a source that fails is the reason', async () => {
    const gone = new HeldCredentials(password('first'), async () => undefined);
    expect(await gone.after(password('first'))).toBeUndefined();
    const failing = new HeldCredentials(password('first'), () => Promise.reject(new Error('no helper')));
    await expect(failing.after(password('first'))).rejects.toMatchObject({
      code: 'unauthorized',
      reason: expect.stringContaining('no helper'),
    });
  });
});

describe('a password that is changed while a client is open', () => {
  const BLOB = seededBytes('blob', 1000);
  const content = { digest: sha256(BLOB), size: BLOB.length };
  const upload = (client: RegistryClient, repository: string) =>
    uploadBlob(client, repository, content, async function* () {
      yield BLOB;
    });

  /** Many requests at once, as a transfer makes them. */
  const work = (client: RegistryClient) =>
    Promise.all(Array.from({ length: 20 }, () => headBlob(client, 'team/app', content.digest)));

  test('Basic: is read once, and what was refused is sent again', async () => {
    const users = { ann: 'first' };
    const registry = await startTestRegistry({ auth: { kind: 'basic', users } });
    const { read, reads } = sourceOf(password('second'));
    const client = clientOf(registry, { credentials: password('first'), readCredentials: read });
    await upload(client, 'team/app');
    users.ann = 'second';
    await work(client);
    expect(reads()).toBe(1);
  });

  test('Basic: a stream that met the change is begun again', async () => {
    const users = { ann: 'first' };
    const registry = await startTestRegistry({
      auth: { kind: 'basic', users },
      onRequest: ({ method }) => {
        if (method === 'POST') users.ann = 'second';
      },
    });
    const { read, reads } = sourceOf(password('second'));
    const client = clientOf(registry, { credentials: password('first'), readCredentials: read });
    await upload(client, 'team/app');
    await work(client);
    expect(reads()).toBe(1);
  });

  test('tokens: is read once when the token service refuses it', async () => {
    const rights = { 'repository:*': ['pull', 'push'] };
    const users = { ann: { password: 'first', rights } };
    const { realm, service, check } = await startTokenService({ users });
    const registry = await startTestRegistry({ auth: { kind: 'token', realm, service, verify: check } });
    const { read, reads } = sourceOf(password('second'));
    const client = clientOf(registry, {
      credentials: password('first'),
      readCredentials: read,
      approvedHosts: [new URL(realm).host],
    });
    await upload(client, 'team/app');
    users.ann = { password: 'second', rights };
    // A token that is had is good for what it is for; each repository asks for its own.
    await Promise.all(Array.from({ length: 10 }, (_, at) => upload(client, `team/app-${at}`)));
    expect(reads()).toBe(1);
  });

  test('that neither fits is reported, and neither of the two is in what is reported', async () => {
    const registry = await startServer({
      'GET /v2/a/tags/list': ({ headers }) => ({
        status: 401,
        headers: { 'www-authenticate': 'Basic realm="r"' },
        body: {
          errors: [
            { code: 'UNAUTHORIZED', message: `bad ${headers.authorization}: first-secret, second-secret` },
          ],
        },
      }),
    });
    const { read } = sourceOf(password('second-secret'));
    const client = clientOf(registry, { credentials: password('first-secret'), readCredentials: read });
    const failure = await failureOf(collect(listTags(client, 'a')));
    expect(failure).toMatchObject({ code: 'unauthorized', status: 401 });
    expect(JSON.stringify(failure) + String(failure)).not.toMatch(/-secret|YW5uOn/);
    expect(registry.seen).toHaveLength(3);
  });
});
