import { expect, test } from 'vitest';
import { readFindings, writeFindings } from '../../../src-main/engine/packages/findings-file.ts';
import type { FoundPackage, LayerFindings } from '../../../src-main/engine/packages/found.ts';
import { turnsDuring } from './support.ts';

const deb = (at: number): FoundPackage => ({
  type: 'deb',
  name: `p${at}`,
  version: '1',
  architecture: 'amd64',
});

test('findings come back as they were kept, however many packages a file names', async () => {
  const findings: LayerFindings = {
    files: [
      { path: 'var/lib/dpkg/status', packages: Array.from({ length: 1_001 }, (_, at) => deb(at)) },
      { path: 'empty', packages: [] },
      { path: 'a\nb "c"', packages: [deb(0)] },
    ],
    licences: Object.fromEntries(Array.from({ length: 600 }, (_, at) => [`p${at}`, 'MIT'])),
    release: { id: 'debian', version: '12' },
    problems: [{ code: 'damaged', reason: 'no', path: 'x' }],
  };
  const kept = await writeFindings(findings);
  expect(await readFindings(kept)).toEqual(findings);
  const none = { files: [], licences: {}, problems: [] };
  expect(await readFindings(await writeFindings(none))).toEqual(none);
  await expect(readFindings(kept.subarray(0, -5))).rejects.toThrow(SyntaxError);
});

test('a hundred thousand packages are kept and read in slices', async () => {
  const packages = Array.from({ length: 100_000 }, (_, at) => deb(at));
  const { result, turns } = await turnsDuring(async () =>
    readFindings(await writeFindings({ files: [{ path: 'status', packages }], licences: {}, problems: [] })),
  );
  expect(result.files[0]?.packages).toHaveLength(100_000);
  expect(turns).toBeGreaterThan(3);
});
