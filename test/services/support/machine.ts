import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { temporaryFolder } from '../../support/temporary.ts';

/** What `docker login` writes into its file. */
export const encoded = (user: string, password: string): string =>
  Buffer.from(`${user}:${password}`).toString('base64');

interface Machine {
  home: string;
  bin: string;
  environment: NodeJS.ProcessEnv;
  docker: (config: unknown) => void;
  podman: (config: unknown) => void;
  /** Installs a credential helper written as a shell script; `$1` is `get` or `list`, the server is on stdin. */
  helper: (name: string, script: string) => void;
}

/** A home with files of Docker and Podman and credential helpers. */
export async function machine(): Promise<Machine> {
  const home = await temporaryFolder();
  const bin = path.join(home, 'bin');
  mkdirSync(bin);
  const write = (file: string, content: unknown) => {
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  };
  return {
    home,
    bin,
    environment: { HOME: home, PATH: `${bin}:/usr/bin:/bin`, XDG_RUNTIME_DIR: path.join(home, 'run') },
    docker: (config) => write(path.join(home, '.docker/config.json'), config),
    podman: (config) => write(path.join(home, 'run/containers/auth.json'), config),
    helper: (name, script) => {
      const file = path.join(bin, `docker-credential-${name}`);
      writeFileSync(file, `#!/bin/sh\n${script}\n`);
      chmodSync(file, 0o755);
    },
  };
}
