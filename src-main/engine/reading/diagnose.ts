import type { CallOptions } from '../endpoints/options.ts';
import { RegistryError, TLS_FAILURES } from '../errors.ts';
import { RegistryClient } from '../http/client.ts';
import { speaksPlain } from '../http/failure.ts';
import type { RegistryOptions } from '../http/options.ts';
import { SHOW_ITSELF } from '../http/timeouts.ts';
import { checkRepository } from '../model/reference.ts';
import { passwordSource } from '../product/credential-source.ts';
import { ProductApi } from '../product/product-api.ts';
import { ping } from '../registry/ping.ts';
import { deletionOf, lists } from '../registry/policy.ts';
import { Identification, type Registry } from '../registry/registry.ts';
import { listRepositories } from '../registry/repositories.ts';
import {
  DIAGNOSIS_STEPS,
  type DiagnosisFinding,
  type DiagnosisState,
  type DiagnosisStepName,
} from '../vocabulary/connection.ts';

/** Called when a step begins (`running`) and when it ends. */
export interface DiagnosisStep {
  step: DiagnosisStepName;
  status: DiagnosisState;
  finding?: DiagnosisFinding;
  failure?: RegistryError;
  milliseconds?: number;
  /** Address reached, TLS version, product and version, number of repositories on the first page. */
  detail?: string;
}

type Outcome = Omit<DiagnosisStep, 'step' | 'milliseconds'>;

const TLS_STEP_FAILURES: ReadonlySet<string> = new Set([...TLS_FAILURES, 'certificateFile']);
const NO_REPLY: ReadonlySet<string> = new Set(['connectionLost', 'invalidResponse']);
const SIGN_IN_FAILURES = new Set(['unauthorized', 'denied']);

/**
 * Tests a connection step by step; after a failed step the rest is skipped, and a host that is silent fails within ten seconds.
 * Changes nothing on the registry: what deleting is tried on cannot exist. `chosen` is the product
 * that somebody said it is, `repository` one the account has, for what can only be checked in one.
 */
export async function* diagnose(
  options: RegistryOptions,
  { signal, repository, chosen }: CallOptions & { repository?: string; chosen?: string | undefined } = {},
): AsyncGenerator<DiagnosisStep> {
  let client: RegistryClient;
  try {
    client = new RegistryClient({ ...options, timeouts: { connect: SHOW_ITSELF, ...options.timeouts } });
    if (repository !== undefined) checkRepository(repository);
  } catch (error) {
    if (!(error instanceof RegistryError)) throw error;
    yield* fromFailure('reach', error);
    return;
  }
  const diagnosis = new Diagnosis(client, options, { repository, chosen, signal });
  try {
    for (const [position, step] of DIAGNOSIS_STEPS.entries()) {
      yield { step, status: 'running' };
      const started = performance.now();
      let outcome: Outcome;
      try {
        outcome = await diagnosis.run(step);
      } catch (error) {
        if (!(error instanceof RegistryError) || error.code === 'cancelled') throw error;
        outcome = { status: 'failed', failure: error };
      }
      yield { step, ...outcome, milliseconds: performance.now() - started };
      if (outcome.status !== 'failed') continue;
      for (const skipped of DIAGNOSIS_STEPS.slice(position + 1)) yield { step: skipped, status: 'skipped' };
      return;
    }
  } finally {
    await client.close();
  }
}

function* fromFailure(step: DiagnosisStepName, failure: RegistryError): Generator<DiagnosisStep> {
  yield { step, status: 'failed', failure };
  for (const skipped of DIAGNOSIS_STEPS.slice(1)) yield { step: skipped, status: 'skipped' };
}

/** One run's state: a single request to `/v2/` answers for TLS, protocol and sign-in. */
class Diagnosis {
  readonly #client: RegistryClient;
  readonly #options: RegistryOptions;
  readonly #signal: AbortSignal | undefined;
  readonly #chosen: string | undefined;
  #repository: string | undefined;
  #pinging: Promise<Registry> | undefined;
  /** Known also where it does not let us in. */
  #identified: Registry | undefined;

  constructor(
    client: RegistryClient,
    options: RegistryOptions,
    {
      repository,
      chosen,
      signal,
    }: CallOptions & { repository: string | undefined; chosen: string | undefined },
  ) {
    this.#client = client;
    this.#options = options;
    this.#repository = repository;
    this.#chosen = chosen;
    this.#signal = signal;
  }

  run(step: DiagnosisStepName): Promise<Outcome> {
    switch (step) {
      case 'reach':
        return this.#reach();
      case 'tls':
        return this.#tls();
      case 'protocol':
        return this.#protocol();
      case 'signIn':
        return this.#signIn();
      case 'list':
        return this.#list();
      case 'delete':
        return this.#delete();
    }
  }

  async #reach(): Promise<Outcome> {
    const proxy = this.#client.proxy();
    // Through a proxy only the proxy is reached; the first request checks the rest.
    if (proxy) return { status: 'passed', detail: `${proxy.protocol}//${proxy.host}` };
    return { status: 'passed', detail: await this.#client.reach(this.#signal) };
  }

  async #tls(): Promise<Outcome> {
    const failure = await this.#pingFailure();
    const finding = failure && (await this.#otherScheme(failure));
    if (finding) return { status: 'failed', finding, failure };
    if (failure && TLS_STEP_FAILURES.has(failure.code) && this.#client.url.protocol === 'https:')
      throw failure;
    if (failure && failure.status === undefined && !isAnswer(failure)) throw failure;
    if (this.#client.url.protocol === 'http:') return { status: 'passed', finding: 'notNeeded' };
    const version = this.#client.peer()?.tls;
    const detail = version === undefined ? {} : { detail: version };
    if (this.#options.tls?.verify === false) return { status: 'warning', finding: 'unverified', ...detail };
    return { status: 'passed', ...detail };
  }

  async #protocol(): Promise<Outcome> {
    const failure = await this.#pingFailure();
    if (failure && !isSignIn(failure)) throw failure;
    if (!this.#identified) return { status: 'passed' };
    const { product, version } = this.#identified;
    return { status: 'passed', detail: version === undefined ? product.id : `${product.id} ${version}` };
  }

  async #signIn(): Promise<Outcome> {
    const failure = await this.#pingFailure();
    const why = failure?.code === 'unauthorized' ? await this.#whyRefused() : undefined;
    if (failure?.code === 'unauthorized' && !this.#client.hasCredentials())
      return { status: 'failed', finding: why ?? 'signInNeeded', failure };
    if (failure && why) return { status: 'failed', finding: why, failure };
    if (failure) throw failure;
    if (this.#client.authScheme() === 'anonymous') {
      if (!this.#client.hasCredentials()) return { status: 'passed', finding: 'notNeeded' };
      await this.#offerPassword();
      return { status: 'warning', finding: 'signInUnproven' };
    }
    return { status: 'passed', detail: this.#client.authScheme() };
  }

  /** What the product says of it; undefined where it says nothing more than the registry. */
  async #whyRefused(): Promise<DiagnosisFinding | undefined> {
    try {
      return await this.#identified?.product.whyRefused?.(this.#client, this.#signal);
    } catch (error) {
      if (error instanceof RegistryError && error.code !== 'cancelled') return undefined;
      throw error;
    }
  }

  /** Whether the port speaks the other of http and https. */
  async #otherScheme(failure: RegistryError): Promise<DiagnosisFinding | undefined> {
    if (speaksPlain(failure)) return 'speaksPlain';
    if (this.#client.url.protocol === 'https:') return undefined;
    // Some say so in plain http; others hang up, or answer with an alert of TLS, which is no reply.
    const said = failure.code === 'tlsFailed';
    const hungUp = failure.status === undefined && NO_REPLY.has(failure.code) && !this.#client.proxy();
    return said || (hungUp && (await this.#client.speaksTls())) ? 'speaksTls' : undefined;
  }

  /** Where everybody may read, a wrong password may still be refused to who sends it unasked. @throws {RegistryError} */
  async #offerPassword(): Promise<void> {
    const unasked = new ProductApi(this.#client, this.#client.url, () => passwordSource(this.#client));
    const request = { method: 'GET', url: '/v2/', expect: [200, 204], tries: 1 } as const;
    const reply = await unasked.request({ ...request, signal: this.#signal });
    await reply.dump();
  }

  async #list(): Promise<Outcome> {
    const registry = await this.#ping();
    if (lists(registry) === 'no') return { status: 'warning', finding: 'catalogMissing' };
    try {
      const pages = listRepositories(registry, { signal: this.#signal });
      const first = await pages.next();
      const names = first.done ? [] : first.value;
      await pages.return(undefined);
      this.#repository ??= names[0];
      return { status: 'passed', detail: String(names.length) };
    } catch (error) {
      if (!(error instanceof RegistryError)) throw error;
      if (error.code === 'denied' || error.code === 'unauthorized')
        return { status: 'warning', finding: 'catalogForbidden', failure: error };
      if (error.code === 'notFound' || error.code === 'unsupported')
        return { status: 'warning', finding: 'catalogMissing', failure: error };
      throw error;
    }
  }

  async #delete(): Promise<Outcome> {
    const options = { rights: true, signal: this.#signal };
    const found = await deletionOf(await this.#ping(), this.#repository, options);
    switch (found.digest) {
      case 'yes':
        return { status: 'passed' };
      case 'no':
        return found.tag === 'yes' ? { status: 'passed' } : { status: 'warning', finding: 'deleteDisabled' };
      case 'denied':
        return { status: 'warning', finding: 'deleteDenied' };
      case 'unknown':
        return { status: 'warning', finding: 'deleteUnknown' };
    }
  }

  /** Identifies the registry and asks it to let us in, once. */
  #ping(): Promise<Registry> {
    const options = { signal: this.#signal, tries: 1, headersTimeout: SHOW_ITSELF };
    const ask = async (): Promise<Registry> => {
      const registry = await new Identification(this.#client, { chosen: this.#chosen }).registry(options);
      if (!registry.doubt) this.#identified = registry;
      await ping(registry, options);
      return registry;
    };
    this.#pinging ??= ask();
    return this.#pinging;
  }

  /** Why `/v2/` did not answer well, or undefined where it did. */
  async #pingFailure(): Promise<RegistryError | undefined> {
    try {
      await this.#ping();
      return undefined;
    } catch (error) {
      if (error instanceof RegistryError && error.code !== 'cancelled') return error;
      throw error;
    }
  }
}

/** The registry itself answered; what it said is for a later step. */
function isAnswer(failure: RegistryError): boolean {
  return (
    isSignIn(failure) ||
    ['notARegistry', 'invalidResponse', 'tlsFailed', 'tlsClientCertificate', 'tooLarge'].includes(
      failure.code,
    )
  );
}

/** Also where the token service could not be used: the registry had asked for a sign-in by then. */
function isSignIn(failure: RegistryError): boolean {
  return SIGN_IN_FAILURES.has(failure.code) || failure.code === 'addressRefused';
}
