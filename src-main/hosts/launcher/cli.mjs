/** `npm run -s cli -- …`: the command line from a checkout. Installing and building are reported on stderr only. */
import { join } from 'node:path';
import { ensureBuilt } from './build.mjs';
import { become } from './child.mjs';
import { ensureInstalled } from './install.mjs';
import { pinnedNode, refuseOldNode, root } from './place.mjs';
import { runAsCommand } from './say.mjs';

refuseOldNode();
await runAsCommand(async () => {
  await ensureInstalled();
  // `serve` serves the renderer; the other commands do without.
  await ensureBuilt(process.argv[2] === 'serve' ? ['main', 'renderer'] : ['main']);
  return become(pinnedNode(), [join(root, 'dist', 'main', 'cli.js'), ...process.argv.slice(2)]);
});
