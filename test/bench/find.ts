import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { ManifestFacts } from '../../src-main/common/facts.ts';
import { Inventory } from '../../src-main/data/index.ts';
import { findPackages } from '../../src-main/services/find/packages.ts';
import { type Measurement, median, spread } from './report.ts';

const IMAGES = 2_500;
const PACKAGES_EACH = 400;
/** Names that there are, of which each image has some, in one of several versions. */
const NAMES = 20_000;
const VERSIONS = 12;
const RUNS = 9;
/** Milliseconds that a person does not notice. */
const TARGET = 100;

const QUESTIONS = ['o', 'lib', 'openssl', 'log4j-core < 2.17', 'package-1', 'nothing-like-it', 'core >= 1.5'];

/** A million packages of images: what a key waits for, and the images of what is found. */
export async function measureFind(): Promise<Measurement[]> {
  const home = await mkdtemp(path.join(tmpdir(), 'wharfinger-bench-'));
  const inventory = new Inventory({
    inventory: path.join(home, 'inventory.db'),
    former: path.join(home, 'wharfinger.db'),
  });
  try {
    await fill(inventory);
    const measurements: Measurement[] = [];
    for (const text of QUESTIONS) {
      let found = 0;
      const page = { text, offset: 0, limit: 50 };
      measurements.push(
        await timed(`find package "${text}"`, async () => {
          found = (await findPackages(inventory, page, undefined)).total;
        }).then((row) => ({ ...row, note: `${found.toLocaleString('en')} versions; ${row.note}` })),
      );
    }
    const { items } = await findPackages(inventory, { text: 'openssl', offset: 0, limit: 1 }, undefined);
    const [{ type, name, version } = { type: '', name: '', version: '' }] = items;
    measurements.push(
      await timed('the images of one version', () =>
        inventory.ask('foundPlaces', { of: { package: { type, name, version } }, offset: 0, limit: 50 }),
      ),
      await timed('how many images were not looked into', () => inventory.ask('lookedCounts', undefined)),
    );
    return measurements;
  } finally {
    await inventory.close();
    await rm(home, { recursive: true, force: true });
  }
}

async function timed(what: string, ask: () => Promise<unknown>): Promise<Measurement & { note: string }> {
  const times: number[] = [];
  await ask();
  for (let run = 0; run < RUNS; run++) {
    const began = performance.now();
    await ask();
    times.push(performance.now() - began);
  }
  return {
    what,
    value: Math.round(median(times) * 10) / 10,
    unit: 'ms',
    target: TARGET,
    note: spread(times),
  };
}

async function fill(inventory: Inventory): Promise<void> {
  for (let image = 0; image < IMAGES; image++) {
    const digest = `sha256:${image.toString(16).padStart(64, '0')}`;
    const repository = `team-${image % 50}/app-${image % 250}`;
    await inventory.tags('a', repository, [{ name: `1.${image}`, digest }], 1);
    await inventory.manifests('a', repository, [factsOf(digest)], 1);
    const packages = Array.from({ length: PACKAGES_EACH }, (_, at) => packageOf(image, at));
    await inventory.lookedInto({ digest, source: 'files', packages, partly: false, looked: 1 });
  }
}

/** Some of them every image has. */
function packageOf(image: number, at: number): { type: string; name: string; version: string } {
  const number = at < 80 ? at : (image * 37 + at * 53) % NAMES;
  const version = `${1 + ((image + at) % VERSIONS)}.${at % 7}.${number % 10}`;
  if (number === 0) return { type: 'deb', name: 'openssl', version: `3.0.${image % VERSIONS}-1~deb12u1` };
  if (number === 1)
    return { type: 'maven', name: 'org.apache:log4j-core', version: `2.${10 + (image % 10)}.0` };
  if (number % 4 === 0) return { type: 'deb', name: `lib${number}-core`, version: `${version}-1` };
  return { type: number % 4 === 1 ? 'npm' : 'pypi', name: `package-${number}`, version };
}

function factsOf(digest: string): ManifestFacts {
  return {
    digest,
    mediaType: 'application/vnd.oci.image.manifest.v1+json',
    kind: 'image',
    size: 500,
    platforms: [{ os: 'linux', architecture: 'amd64' }],
    attested: false,
    children: [],
    blobs: [],
  };
}
