import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { type Server, startServer } from './process.ts';

/** Starts Debian's docker-registry on a folder, on a new port; the folder is left when it ends. It logs nothing but errors. */
export function startDockerRegistry(storage: string): Promise<Server> {
  return startServer(async (port) => {
    const config = path.join(storage, 'config.yml');
    await writeFile(
      config,
      JSON.stringify({
        version: '0.1',
        log: { level: 'error', accesslog: { disabled: true } },
        storage: { filesystem: { rootdirectory: storage }, delete: { enabled: true } },
        http: { addr: `127.0.0.1:${port}`, secret: 'bench' },
      }),
    );
    const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('REGISTRY_'));
    return {
      command: 'docker-registry',
      args: ['serve', config],
      env: { ...Object.fromEntries(inherited), OTEL_TRACES_EXPORTER: 'none' },
    };
  });
}
