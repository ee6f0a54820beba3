import type { z } from 'zod';
import { RegistryError } from '../errors.ts';
import { abandonable } from '../http/abandonable.ts';
import { type Channel, isRepeatable } from '../http/channel.ts';
import type { RegistryClient } from '../http/client.ts';
import type { Method } from '../http/connection.ts';
import { kindOf, type RequestKind } from '../http/pacing.ts';
import { resolveRedirect } from '../http/redirects.ts';
import type { Reply } from '../http/reply.ts';
import { describeRequest } from '../redact.ts';
import type { ApiSignIn, CredentialSource } from './credential-source.ts';

/** Sign-ins that one request is sent with: one, and another where that has run out. */
const SIGN_INS = 2;

export interface ApiRequest {
  method: Method;
  /** A path under the API's origin, or a link that a reply of it has. */
  url: string;
  headers?: Readonly<Record<string, string>>;
  body?: Uint8Array | string;
  /** Statuses that are answers; any other is thrown as an error. */
  expect: readonly number[];
  /** Requests in all; 1 forbids retries. */
  tries?: number;
  signal?: AbortSignal | undefined;
}

/** What a refusal means, where the API itself does not say what to do about it. */
export type ExplainFailure = (
  failure: RegistryError,
  asked: { method: Method; path: string },
) => RegistryError;

/** Sends a request without a sign-in, of those that sign in: it waits for no other request of the API. */
export type SignInRequest = (request: ApiRequest) => Promise<Reply>;

/**
 * A product's own API, on the registry's origin or another one, with a sign-in of its own. Requests go the registry's way: its guards,
 * proxy, TLS, deadlines, retries and redaction; the pacing of their host.
 *
 * What it is signed in to with goes to its own origin and no other, whatever redirects and links say. One that was refused is
 * renewed once, by whichever request finds that out first.
 */
export class ProductApi {
  readonly origin: URL;
  readonly #channel: Channel;
  readonly #client: RegistryClient;
  readonly #source: CredentialSource;
  readonly #explain: ExplainFailure;
  #renewing: Promise<ApiSignIn | undefined> | undefined;

  /** @throws {RegistryError} `addressRefused` where it is reached by plain http, and the registry by https. */
  constructor(
    client: RegistryClient,
    origin: URL,
    source: (signIn: SignInRequest) => CredentialSource,
    explain: ExplainFailure = (failure) => failure,
    channel = client.channelTo(origin),
  ) {
    this.origin = origin;
    this.#explain = explain;
    this.#channel = channel;
    this.#client = client;
    this.#source = source((request) => this.#run(request, 'token', undefined));
  }

  /** @throws {RegistryError} for a status that is not in `expect`; `addressRefused` for a link that leads elsewhere */
  async request(request: ApiRequest): Promise<Reply> {
    return await this.#run(request, undefined, await abandonable(this.#source.current(), request.signal));
  }

  /** The reply's body. @throws {RegistryError} also `invalidResponse`, `tooLarge` */
  async json<T>(
    request: Omit<ApiRequest, 'expect'>,
    schema: z.ZodType<T>,
    { maxBytes }: { maxBytes: number },
  ): Promise<T> {
    const headers = { accept: 'application/json', ...request.headers };
    const reply = await this.request({ ...request, headers, expect: [200] });
    return await reply.json(schema, maxBytes);
  }

  #run(request: ApiRequest, kind: RequestKind | undefined, first: ApiSignIn | undefined): Promise<Reply> {
    const url = this.#resolve(request);
    const { tries, signal } = request;
    const work = {
      kind: kind ?? kindOf(request, url),
      url,
      repeatable: isRepeatable(request),
      tries,
      signal,
    };
    return this.#channel.run(work, async (slot, either) => {
      let signIn = first;
      for (let sent = 1; ; sent++) {
        this.#channel.keepSecret(signIn?.secrets ?? []);
        const { method, body, expect } = request;
        const headers = { ...request.headers, ...signIn?.sign({ method, url, body }) };
        const reply = await this.#channel.sender.send({ ...request, headers, signal: either }, url, slot);
        const stale = reply.status === 401 && !expect.includes(401) && sent < SIGN_INS ? signIn : undefined;
        if (!stale) {
          slot.endWith(reply);
          if (expect.includes(reply.status)) return reply;
        }
        const failure = await reply.failure();
        const renewed = stale ? await this.#renewed(stale, either) : undefined;
        if (!renewed)
          throw failure.code === 'unauthorized' && !signIn
            ? failure.ofNobody(this.#client.host)
            : this.#explain(this.#client.ofWhom(failure), { method: request.method, path: url.pathname });
        signIn = renewed;
      }
    });
  }

  /** The sign-in in place of a refused one, which another request may have renewed already. */
  async #renewed(refused: ApiSignIn, signal: AbortSignal): Promise<ApiSignIn | undefined> {
    const now = await abandonable(this.#source.current(), signal);
    if (now && now !== refused) return now;
    let renewing = this.#renewing;
    if (!renewing) {
      renewing = this.#source.renew().finally(() => {
        this.#renewing = undefined;
      });
      this.#renewing = renewing;
      // No one may be left to handle its failure, when all who waited have been cancelled.
      renewing.catch(() => {});
    }
    return await abandonable(renewing, signal);
  }

  #resolve({ method, url: wanted }: ApiRequest): URL {
    const url = resolveRedirect(wanted, this.origin, describeRequest(method, this.origin));
    if (url.origin === this.origin.origin) return url;
    throw new RegistryError('addressRefused', describeRequest(method, url), {
      reason: `It points from the API at ${this.origin.host} to ${url.host}.`,
    });
  }
}
