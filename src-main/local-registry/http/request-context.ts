import type { IncomingHttpHeaders } from 'node:http';
import type { RegistryLimits } from '../options.ts';
import type { DiskStorage } from '../storage/storage.ts';
import type { Access } from './access.ts';
import type { RequestBody } from './request-body.ts';

/** What a route's handler gets. */
export interface RequestContext {
  method: string;
  query: URLSearchParams;
  headers: IncomingHttpHeaders;
  body: RequestBody;
  storage: DiskStorage;
  access: Access;
  limits: Readonly<RegistryLimits>;
}
