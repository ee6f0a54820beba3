import { fileURLToPath } from 'node:url';
import { type Server, startServer, TYPESCRIPT } from './process.ts';

/** Starts a discard server without content, in a process of its own, on a new port. */
export function startDiscard(): Promise<Server> {
  return startProgram('programs/discard-server.ts');
}

/** Starts the local registry on a folder, in a process of its own, on a new port. */
export function startLocal(folder: string): Promise<Server> {
  return startProgram('programs/local-registry.ts', folder);
}

function startProgram(program: string, ...more: readonly string[]): Promise<Server> {
  const file = fileURLToPath(new URL(program, import.meta.url));
  return startServer(async (port) => ({
    command: process.execPath,
    args: [...TYPESCRIPT, file, String(port), ...more],
    env: process.env,
  }));
}
