import type { IncomingMessage, ServerResponse } from 'node:http';
import type { TakeUpload } from '../../api/index.ts';
import type { Gate } from './gate.ts';

const JSON_TYPE = { 'content-type': 'application/json' };

/**
 * An archive that a page sends: streamed into a file, never held in memory. What is sent by any other client is not read.
 *
 * Its size is unknown before: what is cut is removed, and so is what the page gave up.
 */
export async function receive(
  request: IncomingMessage,
  response: ServerResponse,
  gate: Gate,
  take: TakeUpload,
): Promise<void> {
  const refused = gate.refuseUpload(request);
  if (refused) {
    response.writeHead(refused.status, { ...refused.headers, connection: 'close' }).end(refused.body);
    return;
  }
  const stop = new AbortController();
  response.once('close', () => stop.abort());
  const answer = await take(request, stop.signal);
  const failed = 'failure' in answer;
  response.writeHead(failed ? 500 : 200, { ...JSON_TYPE, ...(failed ? { connection: 'close' } : {}) });
  response.end(JSON.stringify(answer));
}
