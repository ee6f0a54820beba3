import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { Access } from './http/access.ts';
import { errorReply } from './http/error-reply.ts';
import { type FaultPlan, type FaultSet, WRONG_DIGEST } from './http/faults.ts';
import { type HostPolicy, refuseBrowsers } from './http/origin.ts';
import { emptyReply, type Reply } from './http/reply.ts';
import { type BodyFaults, RequestBody } from './http/request-body.ts';
import { type RequestLog, redactedHeaders } from './http/request-log.ts';
import { send } from './http/send.ts';
import type { RegistryLimits } from './options.ts';
import { answer } from './routes/router.ts';
import { CHALLENGE_HEADER, PROOF_HEADER } from './storage/identity.ts';
import type { DiskStorage } from './storage/storage.ts';

/** What every exchange of one registry shares. */
export interface Registry {
  storage: DiskStorage;
  access: Access;
  limits: RegistryLimits;
  faults: FaultSet;
  log: RequestLog;
  /** See {@link refuseBrowsers}. */
  hostPolicy: HostPolicy;
  /** Resets a client's connection (RST, not a clean end). */
  reset: (remotePort: number) => void;
}

/** Takes one request from its first header to the end of its answer. Never rejects. */
export async function exchange(
  registry: Registry,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { method = '', url: path = '' } = request;
  const remotePort = request.socket.remotePort ?? 0;
  const headers = redactedHeaders(request);
  const plan = registry.faults.plan(method, path);
  const closing = new AbortController();
  response.once('close', () => closing.abort());
  const { signal } = closing;

  let recorded = false;
  let sent = 0;
  const isGone = (): boolean => signal.aborted || request.socket.destroyed;
  const record = (status: number, responseBytes: number): void => {
    if (recorded) return;
    recorded = true;
    registry.log.add({ method, path, status, requestBytes: body.taken, responseBytes, headers, remotePort });
  };
  const reset = (): void => {
    record(0, 0);
    registry.reset(remotePort);
  };
  const body = new RequestBody(request, bodyFaults(plan, reset), signal);
  const deliver = (reply: Reply, faults: FaultPlan): Promise<void> =>
    send(response, reply, {
      headOnly: method === 'HEAD',
      faults,
      signal,
      onProgress: (bytes) => {
        sent = bytes;
      },
      beforeEnd: (status) => record(status, sent),
    });

  try {
    if (plan.latency) await delay(plan.latency.ms, undefined, { signal });
    if (plan.reset && plan.reset.afterBytes === undefined) return reset();
    const reply = stagedReply(plan) ?? (await ownReply(registry, request, body));
    if (isGone()) return; // an upload its client gave up is not our failure
    await deliver(harmed(reply, plan), plan);
  } catch {
    response.destroy(); // the client left, or a file failed in the middle of its answer
  } finally {
    record(response.headersSent ? response.statusCode : 0, sent);
  }
}

/** What the registry says of itself; failures are replies, too. */
async function ownReply(registry: Registry, request: IncomingMessage, body: RequestBody): Promise<Reply> {
  const { storage, access, limits, hostPolicy } = registry;
  const { method = '', headers, url = '' } = request;
  const [path = '', ...query] = url.split('?');
  // `server` names the product, as clients that adapt to one look for it.
  const common = {
    'docker-distribution-api-version': 'registry/2.0',
    server: 'wharfinger',
    ...proofHeaders(registry, request),
  };
  try {
    refuseBrowsers(headers, hostPolicy);
    const context = { method, headers, body, storage, access, limits };
    const reply = await answer({ ...context, query: new URLSearchParams(query.join('?')) }, path);
    return { ...reply, headers: { ...common, ...reply.headers } };
  } catch (error) {
    const reply = errorReply(error);
    return { ...reply, headers: { ...common, ...reply.headers } };
  }
}

function proofHeaders({ storage }: Registry, { headers, socket }: IncomingMessage): Record<string, string> {
  const proof = storage.identity.prove(String(headers[CHALLENGE_HEADER] ?? ''), String(socket.localPort));
  return proof === undefined ? {} : { [PROOF_HEADER]: proof };
}

function bodyFaults({ slow, reset }: FaultPlan, act: () => void): BodyFaults {
  return {
    ...(slow && { bytesPerSecond: slow.bytesPerSecond }),
    ...(reset?.afterBytes !== undefined && { breakAfter: { bytes: reset.afterBytes, act } }),
  };
}

/** A reply that faults give in the registry's place. */
function stagedReply({ status, redirect }: FaultPlan): Reply | undefined {
  if (redirect) return emptyReply(307, { location: redirect.location });
  if (!status) return undefined;
  const body = typeof status.body === 'string' ? new TextEncoder().encode(status.body) : status.body;
  return { status: status.status, headers: { ...status.headers }, ...(body && { body }) };
}

function harmed(reply: Reply, { wrongDigestHeader }: FaultPlan): Reply {
  if (!wrongDigestHeader) return reply;
  return { ...reply, headers: { ...reply.headers, 'docker-content-digest': WRONG_DIGEST } };
}
