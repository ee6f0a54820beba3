import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { createGzip } from 'node:zlib';
import { z } from 'zod';
import { startLocalRegistry } from '../../src-main/local-registry/index.ts';
import { blob, mediaTypes, seededBytes, type TestBlob, type TestManifest } from '../support/images.ts';
import { imageOf, type RawEntry, rawEntry } from '../support/layers.ts';
import { push } from '../support/push.ts';
import type { Measurement } from './report.ts';
import { TYPESCRIPT } from './transfer/process.ts';

const run = promisify(execFile);
const program = fileURLToPath(new URL('layers/compare-in-core.ts', import.meta.url));
const PLAIN = 'application/vnd.oci.image.layer.v1.tar';
const MB = 1_000_000;
const FILES = 1_000_000;
/** Entries of an archive that are written at once. */
const BATCH = 1000;
const printed = z.object({
  ...{ seconds: z.number(), late: z.number(), over: z.number(), page: z.number() },
  verdict: z.literal('different'),
  bytes: z.object({ left: z.number(), right: z.number(), shared: z.number(), differing: z.number() }),
  uncertain: z.number(),
  total: z.number(),
});

/** Two images of 1 GB that share 900 MB, and two of a million files of which one in a thousand differs. */
export async function measureComparing(): Promise<Measurement[]> {
  const scratch = await mkdtemp(path.join(tmpdir(), 'wharfinger-bench-'));
  const registry = await startLocalRegistry({ folder: path.join(scratch, 'registry') });
  try {
    const compare = async (left: TestManifest, right: TestManifest) => {
      for (const [at, image] of [left, right].entries()) await push(image, registry, 'bench/app', `v${at}`);
      const seen = registry.requests.length;
      const home = await mkdtemp(path.join(scratch, 'home-'));
      const references = [left, right].map(
        ({ digest }) => `${new URL(registry.url).host}/bench/app@${digest}`,
      );
      const { stdout } = await run(process.execPath, [...TYPESCRIPT, program, home, ...references]);
      const sent = registry.requests.slice(seen).reduce((sum, { responseBytes }) => sum + responseBytes, 0);
      return { ...printed.parse(JSON.parse(stdout)), sent };
    };
    return [...(await largeImages(compare)), ...(await manyFiles(compare))];
  } finally {
    await registry.close();
    await rm(scratch, { recursive: true, force: true });
  }
}

type Compare = (
  left: TestManifest,
  right: TestManifest,
) => Promise<z.infer<typeof printed> & { sent: number }>;

async function largeImages(compare: Compare): Promise<Measurement[]> {
  const layer = async (name: string, files: number) =>
    blob(
      PLAIN,
      await archive(
        files,
        (at) => ({
          name: `${name}/file-${at}`,
          content: seededBytes(`${name} ${at}`, MB),
        }),
        false,
      ),
    );
  const base = await layer('usr', 900);
  const found = await compare(
    imageOf([base, await layer('left', 100)]),
    imageOf([base, await layer('right', 100)]),
  );
  const what = 'two images of 1 GB that share 900 MB';
  return [
    {
      what: `${what}: read beyond what differs`,
      value: (found.sent - found.bytes.differing) / 1000,
      unit: 'kB',
      target: 100,
      note: `${found.seconds.toFixed(1)} s; ${Math.round(found.sent / MB)} MB read, ${found.total} paths differ`,
    },
    ...usual(what, found),
  ];
}

async function manyFiles(compare: Compare): Promise<Measurement[]> {
  const image = async (mark: string): Promise<TestManifest> => {
    const gzip = await archive(
      FILES,
      (at) => ({
        name: `folder-${Math.floor(at / 1000)}/file-${at}`,
        content: at % 1000 === 0 ? mark : '',
      }),
      true,
    );
    const made: TestBlob = blob(mediaTypes.oci.layer, gzip);
    return imageOf([made], { diffIds: [made.digest] });
  };
  const found = await compare(await image('left'), await image('right'));
  if (found.total !== FILES / 1000) throw new Error(`${found.total} files differ.`);
  const what = `two images of ${FILES.toLocaleString('en')} files`;
  return [
    { what: `${what}: compared`, value: found.seconds, unit: 's' },
    { what: `${what}: a page of the files that differ`, value: found.page, unit: 'ms' },
    ...usual(what, found),
  ];
}

const usual = (what: string, { over, late }: z.infer<typeof printed>): Measurement[] => [
  { what: `${what}: memory over idle`, value: over, unit: 'MB' },
  { what: `${what}: event loop late`, value: late, unit: 'ms', target: 50 },
];

/** Without holding it twice. */
async function archive(files: number, entryAt: (at: number) => RawEntry, packed: boolean): Promise<Buffer> {
  const chunks: Buffer[] = [];
  const gzip = packed ? createGzip({ level: 1 }) : undefined;
  const ended = new Promise<void>((resolve, reject) => {
    gzip?.on('end', resolve).on('error', reject);
    if (!gzip) resolve();
  });
  gzip?.on('data', (chunk: Buffer) => void chunks.push(chunk));
  for (let from = 0; from < files; from += BATCH) {
    const count = Math.min(BATCH, files - from);
    const parts = Array.from({ length: count }, (_, at) => rawEntry(entryAt(from + at))).flat();
    if (!gzip) chunks.push(...parts);
    else if (!gzip.write(Buffer.concat(parts))) await new Promise((resolve) => gzip.once('drain', resolve));
  }
  const end = Buffer.alloc(1024);
  if (gzip) gzip.end(end);
  else chunks.push(end);
  await ended;
  return Buffer.concat(chunks);
}
