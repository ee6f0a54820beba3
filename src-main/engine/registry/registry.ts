import type { CallOptions } from '../endpoints/options.ts';
import { RegistryError } from '../errors.ts';
import { abandonable } from '../http/abandonable.ts';
import type { RegistryClient } from '../http/client.ts';
import type { Abilities } from '../product/abilities.ts';
import type { Product, Traces } from '../product/product.ts';
import { PRODUCTS, productOf } from '../systems/index.ts';
import { byHost, type Identity, identify, isCertain, type Patience, recognise } from './identify.ts';

/** A registry as one account sees it, with the product it is. */
export interface Registry extends Identity {
  readonly client: RegistryClient;
  /** What the product can do beside the registry's protocol. */
  readonly abilities: Abilities;
  /**
   * Why it is not known which product it is: it answers `/v2/` oddly, and may do all the rest well. It is read as the product it
   * was before, and nothing is deleted there.
   */
  readonly doubt?: RegistryError;
}

export interface IdentificationOptions {
  /** Id of the product that it is by what somebody said: nothing that it shows changes that. */
  chosen?: string | undefined;
  /** Id of the product it was the last time: taken until it is identified, and where it cannot be. */
  kept?: string | undefined;
  /** Called with each product found. */
  found?: ((registry: Registry) => void) | undefined;
  /** Default: all there are. */
  products?: readonly Product[] | undefined;
}

/** Makes the {@link Registry} of a client: the product is identified when first asked for, once for however many ask. */
export class Identification {
  readonly client: RegistryClient;
  readonly #options: IdentificationOptions;
  #looking: Promise<Registry> | undefined;

  constructor(client: RegistryClient, options: IdentificationOptions = {}) {
    this.client = client;
    this.#options = options;
    this.#teach(this.#assumed());
    client.traits.explainWrite = (failure, repository) => this.#explain(failure, repository);
    client.traits.route = (path) => this.#route(path);
  }

  /**
   * The registry with its product. One in doubt is asked again the next time.
   *
   * @throws {RegistryError} of the transport, where the registry does not answer at all.
   */
  async registry({ signal, ...patience }: CallOptions & Patience = {}): Promise<Registry> {
    let looking = this.#looking;
    if (!looking) {
      // Shared by all that wait for it: one of them being cancelled must not fail the others.
      looking = this.#look(patience);
      this.#looking = looking;
      const forget = (): void => {
        if (this.#looking === looking) this.#looking = undefined;
      };
      looking.then(({ doubt }) => doubt && forget(), forget);
    }
    return await abandonable(looking, signal);
  }

  /** Takes what a later reply to `/v2/` shows: it may be another product by now, or have said more to who is signed in. */
  async reconsider(traces: Traces): Promise<Registry> {
    const known = await this.registry();
    const now = recognise(traces, this.#options.products);
    const chosen = this.#chosen;
    if (chosen && now.product !== chosen) return known;
    const same = now.product === known.product && (now.version ?? known.version) === known.version;
    if (same || !isCertain(now)) return known;
    const registry = this.#found(now);
    this.#looking = Promise.resolve(registry);
    return registry;
  }

  async #look(patience: Patience): Promise<Registry> {
    const { client } = this;
    const { products } = this.#options;
    try {
      return this.#found(await identify(client, { products, ...patience }));
    } catch (error) {
      if (!(error instanceof RegistryError && error.status !== undefined)) throw error;
      const product = this.#assumed();
      return { client, product, by: 'nothing', abilities: abilitiesOf(product, client), doubt: error };
    }
  }

  get #chosen(): Product | undefined {
    return productOf(this.#options.chosen);
  }

  #found(shown: Identity): Registry {
    const { client } = this;
    const chosen = this.#chosen;
    // The version of another product is none of this one.
    const version = chosen === shown.product ? shown.version : undefined;
    const identity: Identity = chosen
      ? { product: chosen, by: 'user', ...(version === undefined ? {} : { version }) }
      : shown;
    this.#teach(identity.product);
    const registry = { client, ...identity, abilities: abilitiesOf(identity.product, client) };
    this.#options.found?.(registry);
    return registry;
  }

  #assumed(): Product {
    const { kept, products } = this.#options;
    return this.#chosen ?? byHost(this.client.host, products)?.product ?? productOf(kept) ?? PRODUCTS.generic;
  }

  #teach({ facts: { uploadChunk }, isRobot }: Product): void {
    this.client.traits.uploadChunk = uploadChunk;
    this.client.traits.isRobot = isRobot;
  }

  /** Which product it is matters for paths only that any has elsewhere. */
  #route(path: string): string | Promise<string> {
    const routed = (product: Product) => product.route?.(path);
    if (!ROUTED.some(routed)) return path;
    return this.registry().then(({ product }) => routed(product) ?? path);
  }

  async #explain(failure: RegistryError, repository: string): Promise<RegistryError> {
    try {
      const { product } = await this.registry();
      return product.explainWrite?.(failure, repository) ?? failure;
    } catch (error) {
      if (error instanceof RegistryError) return failure;
      throw error;
    }
  }
}

const ROUTED: readonly Product[] = Object.values(PRODUCTS).filter(({ route }) => route !== undefined);

const abilitiesOf = (product: Product, client: RegistryClient): Abilities =>
  product.abilities?.(client) ?? {};

/** Refuses to change what is only taken for a product: it might take more along than that one does. @throws {RegistryError} */
export function checkIdentified({ doubt }: Registry): void {
  if (doubt) throw doubt;
}
