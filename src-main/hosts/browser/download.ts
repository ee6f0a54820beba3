import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import type { GiveDownload } from '../../api/index.ts';
import { DOWNLOAD_PATH } from '../../contract/browser-session.ts';
import type { Gate } from './gate.ts';

/**
 * An archive, or a file of an image, that was saved for a browser: streamed from its file, as an attachment, once. It stays where the browser did not take all
 * of it.
 */
export async function send(
  request: IncomingMessage,
  response: ServerResponse,
  gate: Gate,
  give: GiveDownload,
): Promise<void> {
  const refused = gate.refuseDownload(request);
  if (refused) {
    response.writeHead(refused.status, refused.headers).end(refused.body);
    return;
  }
  const download = await give(request.url?.slice(DOWNLOAD_PATH.length) ?? '');
  if (!download) {
    const { status, headers, body } = gate.nothingHere();
    response.writeHead(status, headers).end(body);
    return;
  }
  response.writeHead(200, {
    ...gate.headers,
    // Of a file of an image nothing is known, and no browser is to guess.
    'content-type': download.name.endsWith('.tar') ? 'application/x-tar' : 'application/octet-stream',
    'content-length': download.size,
    // A name of letters, digits and `_.-` only: it needs no escaping.
    'content-disposition': `attachment; filename="${download.name}"`,
  });
  const sent = await pipeline(download.chunks, response).then(
    () => true,
    () => false,
  );
  await download.close(sent);
}
