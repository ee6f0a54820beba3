import { RegistryError } from '../errors.ts';
import type { RegistryClient } from '../http/client.ts';
import type { Reply } from '../http/reply.ts';
import type { Product, Recognition, Traces } from '../product/product.ts';
import { PRODUCTS } from '../systems/index.ts';
import { EVIDENCES, type Evidence } from '../vocabulary/products.ts';
import { PING_ANSWERS, whyNotLetIn } from './answers.ts';

/** Which product a registry is, and what showed it. */
export interface Identity extends Recognition {
  readonly product: Product;
}

/** How long a registry is asked; default: as the client does everything. */
export interface Patience {
  tries?: number;
  /** Milliseconds. */
  headersTimeout?: number;
}

interface IdentifyOptions extends Patience {
  /** Default: all there are. */
  products?: readonly Product[] | undefined;
  signal?: AbortSignal | undefined;
}

const ALL: readonly Product[] = Object.values(PRODUCTS);

/**
 * Identifies a registry by its host's name or by its reply to `/v2/` without credentials, which also shows how everything after
 * it signs in. To be awaited before anything that products do differently: some answer other paths with a challenge that says
 * nothing of them.
 *
 * @throws {RegistryError} `notARegistry` where something else answers, `denied`, and those of the transport.
 */
export async function identify(
  client: RegistryClient,
  { products = ALL, signal, ...patience }: IdentifyOptions = {},
): Promise<Identity> {
  const named = byHost(client.host, products);
  if (named) return named;
  const request = {
    method: 'GET',
    url: '/v2/',
    headers: { accept: 'application/json' },
    expect: PING_ANSWERS,
    signal,
    ...patience,
  } as const;
  const reply = await client.request({ ...request, signIn: 'none' });
  client.learnSignIn(reply);
  const failure = await whyNotLetIn(reply);
  if (failure && failure.code !== 'unauthorized') throw failure;
  let traces = tracesOf(client, reply);
  let found = recognise(traces, products);
  // Some say who they are to those only who are signed in.
  if (failure && found.by === 'nothing' && client.hasCredentials()) {
    const signedIn = await answerOf(client.request(request));
    await signedIn?.dump();
    if (signedIn) traces = tracesOf(client, signedIn);
    found = recognise(traces, products);
  }
  const shown = isCertain(found) ? found : ((await confirmed(client, traces, products, signal)) ?? found);
  const asking = shown.version === undefined ? shown.product.version?.(client, signal) : undefined;
  const version = asking && (await answerOf(asking));
  return version === undefined ? shown : { ...shown, version };
}

/** The product that a host's name shows without a request. */
export function byHost(host: string, products: readonly Product[] = ALL): Identity | undefined {
  const name = host.replace(/:\d+$/, '');
  const product = products.find(({ isHost }) => isHost?.(name));
  return product && { product, by: 'host' };
}

/** The product of which a reply has the strongest evidence. */
export function recognise(traces: Traces, products: readonly Product[] = ALL): Identity {
  const named = byHost(traces.host, products);
  const found = products.flatMap((product): Identity[] => {
    const recognition = product.recognise?.(traces);
    return recognition ? [{ product, ...recognition }] : [];
  });
  const strength = ({ by }: Identity): number => EVIDENCES.indexOf(by);
  const [best] = found.sort((a, b) => strength(a) - strength(b));
  return named ?? best ?? { product: PRODUCTS.generic, by: 'nothing' };
}

export function tracesOf(client: RegistryClient, { header }: Pick<Reply, 'header'>): Traces {
  return { host: client.host, header, tokenService: client.tokenService() };
}

const UNCERTAIN: ReadonlySet<Evidence> = new Set(['protocol', 'nothing']);

/** Whether the evidence speaks of one product and no other. */
export function isCertain({ by }: Recognition): boolean {
  return !UNCERTAIN.has(by);
}

async function confirmed(
  client: RegistryClient,
  traces: Traces,
  products: readonly Product[],
  signal: AbortSignal | undefined,
): Promise<Identity | undefined> {
  for (const product of products) {
    const asking = product.confirm?.(client, traces, signal);
    const recognition = asking && (await answerOf(asking));
    if (recognition) return { product, ...recognition };
  }
  return undefined;
}

/** What is only asked to know more may fail. */
async function answerOf<T>(asking: Promise<T>): Promise<T | undefined> {
  try {
    return await asking;
  } catch (error) {
    if (error instanceof RegistryError && error.code !== 'cancelled') return undefined;
    throw error;
  }
}
