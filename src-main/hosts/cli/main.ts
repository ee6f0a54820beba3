#!/usr/bin/env node
/** `wharfinger`, the command line. Loads next to nothing before it knows that this Node.js can run it. */

import { version } from '../../../package.json' with { type: 'json' };

const NEEDED = [22, 13] as const;
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);

if (major < NEEDED[0] || (major === NEEDED[0] && minor < NEEDED[1])) {
  process.stderr.write(
    `wharfinger needs Node.js ${NEEDED.join('.')} or later (for node:sqlite); this is ${process.versions.node}.\n`,
  );
  process.exitCode = 1;
} else if (/^(--version|-V)$/.test(process.argv.slice(2).join(' '))) {
  // Scripts ask for it first, and loading the program takes five times as long as Node.js itself.
  process.stdout.on('error', ({ code, message }: NodeJS.ErrnoException) => {
    if (code === 'EPIPE') return;
    process.stderr.write(`wharfinger: The output could not be written. ${message}\n`);
    process.exitCode = 1;
  });
  process.stdout.write(`${version}\n`);
} else {
  // As CommonJS: the loader of ECMAScript modules takes 5 ms longer for a few of Node.js's own (M).
  const { createRequire } = process.getBuiltinModule('node:module');
  const { start } = createRequire(import.meta.url)('./start.cjs') as typeof import('./start.ts');
  process.exitCode = await start(process.argv.slice(2));
}
