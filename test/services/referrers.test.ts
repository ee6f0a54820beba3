import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { AnyPlace } from '../../src-main/common/place.ts';
import { makeAttached, PROVENANCE_1, statementOf } from '../support/attached.ts';
import { makeImage, mediaTypes } from '../support/images.ts';
import { startOddRegistry } from '../support/odd-registry.ts';
import { push } from '../support/push.ts';
import { temporaryFolder } from '../support/temporary.ts';
import { addAccount, testCore } from './support/core.ts';

/** An account with `app:1` and a provenance attached to it; `tamper` changes what the registry serves of blobs. */
async function setUp() {
  const served = { tampered: false };
  const [core, image, registry, folder] = await Promise.all([
    testCore(),
    makeImage(),
    startOddRegistry(async ({ url }, ordinary) => {
      const answer = await ordinary();
      if (!served.tampered || !url.includes('/blobs/')) return answer;
      const body = Buffer.from(answer.body as Buffer);
      body.writeUint8(body.readUint8(0) ^ 1, 0);
      return { ...answer, body };
    }),
    temporaryFolder(),
  ]);
  const statement = statementOf('https://slsa.dev/provenance/v1', PROVENANCE_1, image);
  const attached = makeAttached({
    artifactType: mediaTypes.inToto,
    subject: image,
    documents: [{ mediaType: mediaTypes.inToto, content: statement }],
  });
  await push(image, registry.behind, 'app', '1');
  await push(attached, registry.behind, 'app');
  const account = await addAccount(core, registry);
  const handle = await core.accounts.handle(account.id);
  const document = attached.blobs.at(-1);
  if (!document) throw new Error('It has a document.');
  const blob = { digest: document.digest, size: document.bytes.length };
  return { core, image, attached, handle, folder, served, document, blob };
}

test('what is attached is listed by tag, from a registry and from a layout', async () => {
  const { core, image, attached, handle, folder } = await setUp();
  const found = [
    {
      digest: attached.digest,
      kind: 'attestation',
      via: 'subject',
      documents: [{ topic: 'provenance', claims: { source: 'https://github.com/team/app' } }],
    },
  ];
  const list = await core.referrers.list(handle, 'app', '1');
  expect(list).toMatchObject({ digest: image.digest, referrers: found, unseen: [], leftOut: 0 });

  const layout = join(folder, 'layout');
  const content = { kind: 'ociLayout', path: layout } as const;
  const target = core.content.handle(content);
  const request = { source: { repository: 'app', reference: '1' }, target: { repository: '', tag: '1' } };
  const plan = await core.transfers.planCopies(handle, target, [request], { attached: true });
  const { operationId } = await core.plans.start(plan.id);
  expect(await core.operations.finished(operationId)).toMatchObject({ status: 'done' });
  const place: AnyPlace = target.place;
  expect(place.host).toBe(`oci:${layout}`);
  expect(await core.referrers.list(target, '', '1')).toMatchObject({
    digest: image.digest,
    referrers: found,
  });
});

test('a document is saved byte for byte, in the place of what was there', async () => {
  const { core, handle, folder, document, blob } = await setUp();
  const to = join(folder, 'statement.json');
  await writeFile(to, 'before');
  await core.referrers.save(handle, 'app', blob, to);
  expect(await readFile(to)).toEqual(document.bytes);
  expect(await readdir(folder)).toEqual(['statement.json']);
});

test('bytes of another digest are not saved, and what was there stays', async () => {
  const { core, handle, folder, served, blob } = await setUp();
  const to = join(folder, 'statement.json');
  await writeFile(to, 'before');
  served.tampered = true;
  await expect(core.referrers.save(handle, 'app', blob, to)).rejects.toMatchObject({
    code: 'digestMismatch',
  });
  expect(await readFile(to, 'utf8')).toBe('before');
  expect(await readdir(folder)).toEqual(['statement.json']);
});

test('a file is saved to a whole path of a folder that is there', async () => {
  const { core, handle, folder, blob } = await setUp();
  const save = (to: string) => core.referrers.save(handle, 'app', blob, to);
  await expect(save('statement.json')).rejects.toMatchObject({ code: 'invalidInput' });
  await expect(save(join(folder, 'none', 'statement.json'))).rejects.toMatchObject({ code: 'fileFailed' });
});
