/** A registry in a thread of its own that has nothing but names: the catalog, and the tags of its largest repository. Posts its port. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parentPort } from 'node:worker_threads';
import { REPOSITORIES, repositoryName, tagNames } from './names.ts';

/** Most that are sent in one page. */
const PAGE = 1_000;

const largest = repositoryName(0);
const lists: Readonly<Record<string, readonly string[]>> = {
  '/v2/_catalog': Array.from({ length: REPOSITORIES }, (_, number) => repositoryName(number)).sort(),
  [`/v2/${largest}/tags/list`]: tagNames(0).sort(),
};

const server = createServer((request, response) => {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
  const names = lists[pathname];
  response.setHeader('content-type', 'application/json');
  response.setHeader('docker-distribution-api-version', 'registry/2.0');
  if (!names) {
    response.statusCode = pathname === '/v2/' ? 200 : 404;
    response.end('{}');
    return;
  }
  const last = searchParams.get('last');
  const start = last === null ? 0 : names.indexOf(last) + 1;
  const size = Math.min(Number(searchParams.get('n') ?? PAGE), PAGE);
  const page = names.slice(start, start + size);
  if (start + size < names.length) {
    response.setHeader(
      'link',
      `<${pathname}?n=${size}&last=${encodeURIComponent(page.at(-1) ?? '')}>; rel="next"`,
    );
  }
  response.end(
    JSON.stringify(pathname === '/v2/_catalog' ? { repositories: page } : { name: largest, tags: page }),
  );
});

server.listen(0, '127.0.0.1', () => parentPort?.postMessage((server.address() as AddressInfo).port));
