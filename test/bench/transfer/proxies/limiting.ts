import type { Server } from '../process.ts';
import { startForwarder } from './forward.ts';

/** Answers every nth request with 429 and `Retry-After: 1`, and forwards the others. */
export function startLimiting(target: number, every: number): Promise<Server> {
  let seen = 0;
  return startForwarder(target, {
    intercept(request, response) {
      seen += 1;
      if (seen % every !== 0) return false;
      const body = JSON.stringify({ errors: [{ code: 'TOOMANYREQUESTS', message: 'slow down' }] });
      response.writeHead(429, { 'retry-after': '1', 'content-type': 'application/json' }).end(body);
      request.resume();
      return true;
    },
  });
}
