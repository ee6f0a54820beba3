import { fileURLToPath } from 'node:url';
import { type Server, startServer, TYPESCRIPT } from './process.ts';

const program = fileURLToPath(new URL('programs/discard-server.ts', import.meta.url));

/** Starts a discard server without content, in a process of its own, on a new port. */
export function startDiscard(): Promise<Server> {
  return startServer(async (port) => ({
    command: process.execPath,
    args: [...TYPESCRIPT, program, String(port)],
    env: process.env,
  }));
}
