/**
 * `npm run bench:transfer [-- SCENARIO… | loop | host] [--runs N] [--concurrency N] [--quick] [--alone] [--scratch FOLDER]`: the command
 * line's transfers beside those of its peers. It fails on faults only, never on a number. README.md beside this folder says what is measured.
 */
import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { cpus, loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { makeUsedHome, ourClient, peersOf } from './clients.ts';
import { compare, medianOf } from './compare.ts';
import { measureEventLoop, measureWarmHost } from './in-host.ts';
import { clientsTable, type ScenarioResult, type Verdict, verdictsOf, verdictsTable } from './report.ts';
import { type Destination, type Scenario, scenarios, tinyImage } from './scenarios.ts';
import { Stage } from './stage.ts';
import { RegistryStorage } from './storage.ts';
import { findTools } from './tools.ts';

const root = path.resolve(import.meta.dirname, '../../..');
const LOOP = 'loop';
const HOST = 'host';
/** As many as the issue asks for. */
const RUNS = 5;
/** Blobs that our copies have in flight on a line without delay. */
const OUR_CONCURRENCY = 4;
/** Of the bytes and tags, with --quick. */
const QUICK_SCALE = 0.1;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    runs: { type: 'string' },
    concurrency: { type: 'string', default: String(OUR_CONCURRENCY) },
    /** Without the peers. */
    alone: { type: 'boolean', default: false },
    quick: { type: 'boolean', default: false },
    scratch: { type: 'string', default: tmpdir() },
  },
});
const known = new Set([...scenarios.map(({ name }) => name), LOOP, HOST]);
const unknown = positionals.filter((name) => !known.has(name));
if (unknown.length > 0)
  throw new Error(`No scenario ${unknown.join(', ')}; there are ${[...known].join(', ')}`);
const isWanted = (name: string) => positionals.length === 0 || positionals.includes(name);
const runs = Number(values.runs ?? (values.quick ? 1 : RUNS));
const scale = values.quick ? QUICK_SCALE : 1;

execFileSync(process.execPath, ['src-main/hosts/launcher/build.mjs'], { cwd: root, stdio: 'inherit' });
const { tools, missing } = await findTools();

const [cpu] = cpus();
const today = new Date().toISOString().slice(0, 10);
console.log(
  `${today}, ${cpus().length} × ${cpu?.model.trim()}, load ${loadavg()[0]?.toFixed(1)}, Node ${process.versions.node}; ` +
    `median of ${runs}${values.quick ? ', a tenth of the bytes and tags' : ''}.\n`,
);
console.log(`Peers: ${tools.map(({ name, version }) => `${name} ${version}`).join(', ')}.`);
if (missing.length > 0) console.log(`Missing: ${missing.join('; ')}.`);
console.log();

await mkdir(values.scratch, { recursive: true });
const scratch = await mkdtemp(path.join(values.scratch, 'wharfinger-bench-'));
// Children end with this process; a signal alone would end it without asking them.
process.once('exit', () => rmSync(scratch, { recursive: true, force: true }));
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));
const ours = ourClient(await makeUsedHome(scratch));
const clients = [ours, ...peersOf(tools, Number(values.concurrency))];
const verdicts: Verdict[] = [];
for (const scenario of scenarios) {
  if (!isWanted(scenario.name)) continue;
  const storage = new RegistryStorage(await mkdtemp(path.join(scratch, 'source-')));
  process.stderr.write(`${scenario.name}: preparing… `);
  const results = await measureScenario(scenario, storage);
  process.stderr.write('\n');
  for (const result of results) {
    console.log(clientsTable(result));
    verdicts.push(...verdictsOf(result));
  }
  await rm(storage.folder, { recursive: true, force: true });
}
if (isWanted(LOOP)) verdicts.push(await measureEventLoop(scratch, scale));
if (isWanted(HOST)) verdicts.push(...(await measureWarmHost(scratch, scale)));
console.log(verdictsTable(verdicts));

async function measureScenario(scenario: Scenario, storage: RegistryStorage): Promise<ScenarioResult[]> {
  const seeded = await scenario.seed(storage, scale);
  const content = storage.bytes;
  const able = clients.filter(({ kinds }) => kinds.includes(scenario.kind));
  const results: ScenarioResult[] = [];
  for (const destination of scenario.destinations) {
    const stage = new Stage({ scenario, destination, storage, seeded, scratch });
    const measured = await compare(stage, scenario.alone || values.alone ? [ours] : able, { runs });
    const [healthy] =
      scenario.fault === 'limited' ? await compare(stage, [ours], { runs, healthy: true }) : [];
    results.push({
      scenario,
      destination,
      clients: measured,
      content,
      tags: seeded.expected.size,
      ownWall: healthy && medianOf(healthy, 'wall'),
      ownPeak:
        scenario.targets.growth === undefined ? undefined : await peakOfTiny(scenario, destination, storage),
    });
  }
  return results;
}

/** MiB that ours needs to copy next to nothing. */
async function peakOfTiny(
  scenario: Scenario,
  destination: Destination,
  storage: RegistryStorage,
): Promise<number | undefined> {
  const stage = new Stage({ scenario, destination, storage, seeded: await tinyImage(storage), scratch });
  const [tiny] = await compare(stage, [ours], { runs });
  return tiny && medianOf(tiny, 'peak');
}
