import { expect, test } from 'vitest';
import { digestOf, listReferrers } from '../../../src-main/engine/index.ts';
import { descriptor, makeArtifact, mediaTypes } from '../../support/images.ts';
import { clientOf, startServer } from '../../support/server.ts';

test('B4: what is attached to a sha512 digest is found under the tag that the specification names', async () => {
  const subject = digestOf(Buffer.from('an image'), 'sha512');
  const tag = `sha512-${subject.slice('sha512:'.length, 'sha512:'.length + 64)}`;
  const entry = { ...descriptor(makeArtifact()), artifactType: 'application/vnd.example.report' };
  const index = JSON.stringify({ schemaVersion: 2, mediaType: mediaTypes.oci.index, manifests: [entry] });
  const registry = await startServer({
    [`GET /v2/a/referrers/${subject}`]: { status: 404 },
    [`GET /v2/a/manifests/${tag}`]: { headers: { 'content-type': mediaTypes.oci.index }, body: index },
  });
  expect(await listReferrers(clientOf(registry), 'a', subject)).toEqual([{ ...entry, listedUnder: tag }]);
});
