/** The local registry as a process of its own: `node local-registry.ts PORT FOLDER`. */
import { startLocalRegistry } from '../../../../src-main/local-registry/index.ts';

const [port = '0', folder = ''] = process.argv.slice(2);
await startLocalRegistry({ port: Number(port), folder });
