import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Fault } from '../../src-main/local-registry/index.ts';
import { Random } from '../../src-main/local-registry/samples/random.ts';
import { finishTransfer, tryTransfer } from './attempt.ts';
import { chance } from './cargo.ts';
import { checkComplete, checkNothingIncomplete } from './ending.ts';
import { drawFaults } from './faults.ts';
import { makeSetup, type Setup } from './setup.ts';
import type { Site } from './site.ts';
import { unreferencedBlobs } from './stored.ts';
import type { Tally } from './tally.ts';

/**
 * One random transfer: some attempts while things go wrong, then one when nothing does. After each attempt nothing incomplete may
 * be visible at the target; after the last everything is there, byte for byte, and a further plan finds nothing to do.
 *
 * @param seed of everything but the timing
 * @throws {Violation} naming what is wrong; any other error is a defect as well
 */
export async function playScenario(seed: string, tally: Tally): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'wharfinger-soak-'));
  const sites: Site[] = [];
  try {
    const setup = await makeSetup(seed, folder, sites);
    const random = new Random(`${seed}/attempts`);
    const attempts = random.below(4);
    for (let number = 0; number < attempts; number++) {
      inject(setup, random, tally);
      await tryTransfer(setup, random, tally);
      for (const site of sites) await site.calm();
      await checkNothingIncomplete(setup);
      // What a registry lost that checks nothing either could never be noticed.
      if (setup.target.limits.blobs !== false && chance(random, 25)) await collectGarbage(setup, tally);
    }
    for (const { desk } of sites) {
      if (!desk) continue;
      desk.calm();
      tally.add('token services');
    }
    await finishTransfer(setup, tally);
    await checkComplete(setup, { faultless: attempts === 0 });
    tally.add('requests', setup.requests());
    tally.add('scenarios');
  } finally {
    for (const site of sites) await site.close();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

function inject({ source, target, store }: Setup, random: Random, tally: Tally): void {
  const harm = (site: Site, faults: readonly Fault[]): void => {
    for (const fault of faults) {
      site.inject(fault);
      tally.add(`faults of ${fault.kind}`);
    }
  };
  if (store) {
    const when = { method: 'GET', path: new RegExp(`/blobs/${store.digest}`) };
    harm(source, [{ kind: 'redirect', location: `${store.site.url}/v2/store/blobs/${store.digest}`, when }]);
    if (chance(random, 50)) harm(store.site, drawFaults(random, 'source'));
  }
  if (chance(random, 75)) harm(source, drawFaults(random, 'source'));
  if (chance(random, 75)) harm(target, drawFaults(random, 'target'));
}

/** The target throws away what no manifest names yet, as registries do that clean up at the wrong time. */
async function collectGarbage({ target, parcels, copied }: Setup, tally: Tally): Promise<void> {
  for (const repository of new Set(parcels.map((parcel) => parcel.target.repository))) {
    for (const digest of await unreferencedBlobs(target.folder, repository)) {
      if (!copied.has(`${repository} ${digest}`)) continue;
      await target.ask('DELETE', `/v2/${repository}/blobs/${digest}`);
      tally.add('blobs lost');
    }
  }
}
