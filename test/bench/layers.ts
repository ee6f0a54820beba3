import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { z } from 'zod';
import { writeLayout } from './layers/large-layer.ts';
import { serveListedLayers } from './layers/listed-layers.ts';
import { type Measurement, median, spread } from './report.ts';
import { TYPESCRIPT } from './transfer/process.ts';

const run = promisify(execFile);
const program = fileURLToPath(new URL('layers/list-in-core.ts', import.meta.url));
/** Both in turns. */
const ROUNDS = 3;
const printed = z.object({
  seconds: z.number(),
  late: z.number(),
  over: z.number(),
  layers: z.array(
    z.object({ state: z.literal('read'), entries: z.number(), warnings: z.array(z.string()).length(0) }),
  ),
  total: z.number(),
});

/** What is in a layer: of 500 MB that are read through beside `tar t` on the same bytes, and of 5 GB by their tables of contents. */
export async function measureLayers(): Promise<Measurement[]> {
  const scratch = await mkdtemp(path.join(tmpdir(), 'wharfinger-bench-'));
  try {
    return [
      ...(await besideTar(scratch, 'gzip', 'tzf', [])),
      ...(await besideTar(scratch, 'zstd', 'tf', ['--zstd'])),
      ...(await byTables(scratch)),
    ];
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

async function besideTar(
  scratch: string,
  compression: 'gzip' | 'zstd',
  list: string,
  flags: readonly string[],
): Promise<Measurement[]> {
  const folder = path.join(scratch, compression);
  const { file, size, files } = await writeLayout(folder, compression);
  const [ours, tar]: [z.infer<typeof printed>[], number[]] = [[], []];
  for (let round = 0; round < ROUNDS; round++) {
    const found = await listInCore(scratch, folder);
    if (found.layers[0]?.entries !== files)
      throw new Error(`${found.layers[0]?.entries} of ${files} files were listed`);
    ours.push(found);
    const begun = performance.now();
    const { stdout } = await run('tar', [...flags, `-${list}`, file], { maxBuffer: 2 ** 28 });
    tar.push((performance.now() - begun) / 1000);
    if (stdout.split('\n').length - 1 !== files) throw new Error('tar lists other files');
  }
  const seconds = ours.map((each) => each.seconds);
  const what = `${Math.round(size / 1e6)} MB of ${compression}, ${files.toLocaleString('en')} files`;
  return [
    {
      what: `${what}: listed, beside tar`,
      value: median(seconds) / median(tar),
      unit: 'times',
      target: 1.25,
      note: `${median(seconds).toFixed(2)} s and ${median(tar).toFixed(2)} s; medians of ${ROUNDS}`,
    },
    {
      what: `${what}: memory over idle`,
      value: Math.max(...ours.map(({ over }) => over)),
      unit: 'MB',
      target: 150,
    },
    {
      what: `${what}: event loop late`,
      value: Math.max(...ours.map(({ late }) => late)),
      unit: 'ms',
      target: 50,
      note: spread(ours.map(({ late }) => late)),
    },
  ];
}

async function byTables(scratch: string): Promise<Measurement[]> {
  const served = await serveListedLayers();
  try {
    const measurements: Measurement[] = [];
    for (const form of ['estargz', 'zstdChunked'] as const) {
      served.taken();
      const found = await listInCore(scratch, served.references[form]);
      const { requests, bytes } = served.taken();
      if (found.layers[0]?.entries !== served.files) throw new Error('Other files were listed.');
      const what = `5 GB of ${form}, ${served.files.toLocaleString('en')} files`;
      const note = `${found.seconds.toFixed(2)} s, ${Math.round(found.over)} MB of memory over idle`;
      measurements.push(
        { what: `${what}: requests`, value: requests, unit: 'requests', target: 3, note },
        { what: `${what}: of its bytes`, value: (100 * bytes) / served.size, unit: '%', target: 1 },
        { what: `${what}: event loop late`, value: found.late, unit: 'ms', target: 50 },
      );
    }
    return measurements;
  } finally {
    served.close();
  }
}

async function listInCore(scratch: string, image: string): Promise<z.infer<typeof printed>> {
  const home = await mkdtemp(path.join(scratch, 'home-'));
  const { stdout } = await run(process.execPath, [...TYPESCRIPT, program, home, image]);
  return printed.parse(JSON.parse(stdout));
}
