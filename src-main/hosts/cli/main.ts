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
    process.stderr.write(`wharfinger: The result could not be written. ${message}\n`);
    process.exitCode = 1;
  });
  process.stdout.write(`${version}\n`);
} else {
  const { join } = await import('node:path');
  const { dataHome } = await import('../../data/home.ts');
  const { loadCompiled } = await import('./compiled.ts');
  const { program, keep } = loadCompiled<typeof import('./program.ts')>(
    join(import.meta.dirname, 'program.cjs'),
    join(dataHome(process.env, process.platform), 'compile-cache'),
  );
  const args = process.argv.slice(2);
  process.exitCode = await program.runCommandLine(args);
  const [command = ''] = args;
  // Whatever ends well and is such a word is a command.
  if (process.exitCode === 0 && /^[a-z]+$/.test(command)) keep(command);
}
