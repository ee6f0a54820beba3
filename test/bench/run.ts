/**
 * `npm run bench [-- lists|startup|size|names|deleting|tags|scale|scan|layers|comparing|differing|find|history|matrix …]`: measures what the user waits for and prints it beside its target. It fails on nothing
 * but a fault: numbers depend on the machine.
 */
import { execFileSync } from 'node:child_process';
import { cpus, loadavg } from 'node:os';
import path from 'node:path';
import { launchChromium } from '../support/chromium.ts';
import { measureBundle } from './bundle-size.ts';
import { measureComparing } from './comparing.ts';
import { measureDeleting } from './deleting.ts';
import { measureDifferingFiles } from './differing-files.ts';
import { measureFind } from './find.ts';
import { measureHistory } from './history.ts';
import { measureLayers } from './layers.ts';
import { measureLists } from './lists.ts';
import { measureMatrix } from './matrix.ts';
import { measureNames } from './names.ts';
import { type Measurement, table } from './report.ts';
import { measureScale } from './scale.ts';
import { measureScan } from './scan.ts';
import { measureStartup } from './startup.ts';
import { measureTags } from './tags.ts';

const root = path.resolve(import.meta.dirname, '../..');
const wanted = new Set(process.argv.slice(2));

execFileSync(process.execPath, ['src-main/hosts/launcher/build.mjs'], { cwd: root, stdio: 'inherit' });
const browser = await launchChromium();
try {
  const parts: Record<string, () => Promise<Measurement[]>> = {
    size: () => measureBundle(path.join(root, 'dist/renderer')),
    startup: () => measureStartup(browser),
    lists: () => measureLists(browser),
    names: () => measureNames(),
    deleting: () => measureDeleting(),
    tags: () => measureTags(),
    scale: () => measureScale(),
    scan: () => measureScan(),
    find: () => measureFind(),
    history: () => measureHistory(),
    layers: () => measureLayers(),
    comparing: () => measureComparing(),
    differing: () => measureDifferingFiles(browser),
    matrix: () => measureMatrix(),
  };
  const measurements: Measurement[] = [];
  for (const [name, measure] of Object.entries(parts)) {
    if (wanted.size > 0 && !wanted.has(name)) continue;
    process.stderr.write(`Measuring ${name}…\n`);
    measurements.push(...(await measure()));
  }
  const [cpu] = cpus();
  const machine = `${cpus().length} × ${cpu?.model.trim()}, load ${loadavg()[0]?.toFixed(1)}`;
  const today = new Date().toISOString().slice(0, 10);
  console.log(`\n${today}, ${machine}, Node ${process.versions.node}, Chromium ${browser.version()}\n`);
  console.log(table(measurements));
} finally {
  await browser.close();
}
