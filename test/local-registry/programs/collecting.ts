import { startLocalRegistry } from '../../../src-main/local-registry/index.ts';

/** Collects in a folder and is killed, as by `kill -9`, at the given report of a phase. */
const [folder = '', phase = '', at = ''] = process.argv.slice(2);
const { collector } = await startLocalRegistry({ folder, settlesMs: 0 });
let seen = 0;
await collector.collect({
  untagged: true,
  report(progress) {
    if (progress.phase === phase && ++seen === Number(at)) process.kill(process.pid, 'SIGKILL');
  },
});
console.log('not killed');
process.exit(0);
