#!/usr/bin/env node
/** `wharfinger`, the command line. Loads next to nothing before it knows that this Node.js can run it. */

const NEEDED = [22, 13] as const;
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);

if (major < NEEDED[0] || (major === NEEDED[0] && minor < NEEDED[1])) {
  process.stderr.write(
    `wharfinger needs Node.js ${NEEDED.join('.')} or later (for node:sqlite); this is ${process.versions.node}.\n`,
  );
  process.exitCode = 1;
} else {
  const { keepCompiled } = await import('./compile-cache.ts');
  keepCompiled();
  const { runCommandLine } = await import('./program.ts');
  process.exitCode = await runCommandLine(process.argv.slice(2));
}
