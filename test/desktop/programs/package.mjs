/**
 * `node package.mjs FOLDER RUNTIME VERSION [CONFIG]`: packages the app for Linux into FOLDER, from an Electron at hand, by
 * electron-builder.yml and what CONFIG (JSON) changes of it. Prints one JSON document: what the desktop entries of the AppImage and of
 * the Debian package say, which need tools of their own to be made whole.
 */
import { readFile } from 'node:fs/promises';
import { Arch, build, Platform } from 'electron-builder';

const [output, electronDist, electronVersion, changes = '{}'] = process.argv.slice(2);
/** @type {string[]} */
const entries = [];
// Its own words go elsewhere: stdout is for the document.
console.log = console.error;
const write = process.stdout.write.bind(process.stdout);
process.stdout.write = process.stderr.write.bind(process.stderr);
await build({
  targets: Platform.LINUX.createTarget(['dir', 'AppImage', 'deb'], Arch.x64),
  publish: 'never',
  config: { directories: { output }, electronDist, electronVersion, ...JSON.parse(changes) },
  effectiveOptionComputed: async (options) => {
    if ('desktop' in options) entries.push(options.desktop);
    else entries.push(await readFile(options[1], 'utf8'));
    return true;
  },
});
write(`${JSON.stringify({ entries })}\n`);
