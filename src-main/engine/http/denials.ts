import { RegistryError } from '../errors.ts';
import { type Authenticator, BASE } from './auth.ts';
import { parseChallenges } from './challenge.ts';
import { type ClientRequest, isReplayable } from './options.ts';
import type { Reply } from './reply.ts';

export interface DenialsOptions {
  /** The registry's own. */
  origin: URL;
  authenticator: Authenticator;
  /** See `RegistryClient.request`. */
  request: (request: ClientRequest) => Promise<Reply>;
}

/** Understands what a 401 means: registries say so for want of a sign-in and for want of a right alike. */
export class Denials {
  readonly #options: DenialsOptions;
  #signedInto: Promise<boolean> | undefined;

  constructor(options: DenialsOptions) {
    this.#options = options;
  }

  /** The refusal as an error: 401 for want of a right is `denied`, for want of a sign-in `unauthorized`. */
  async explain(reply: Reply, request: ClientRequest): Promise<RegistryError> {
    const { origin, authenticator } = this.#options;
    const failure = await reply.failure();
    if (failure.code === 'unauthorized' && reply.url.origin !== origin.origin) {
      const whose = `${reply.url.host}, to which the registry sends us, asks for a sign-in of its own.`;
      const { status, reason, registryCodes } = failure;
      return new RegistryError('unauthorized', failure.request, {
        reason: reason === undefined ? whose : `${whose} ${reason}`,
        status,
        registryCodes,
      });
    }
    if (failure.code !== 'unauthorized' || authenticator.scheme === 'anonymous') return failure;
    const challenges = parseChallenges(reply.headerValues('www-authenticate'));
    const insufficientScope = challenges.some(
      ({ parameters }) => parameters.get('error') === 'insufficient_scope',
    );
    if (!insufficientScope && !(this.#mayLackRight(request) && (await this.#isSignedIn()))) return failure;
    // Harbor answers so for projects that are not there, too.
    const code = /\bnot found\b/i.test(failure.reason ?? '') ? 'notFound' : 'denied';
    return new RegistryError(code, failure.request, {
      reason: failure.reason,
      status: failure.status,
      registryCodes: failure.registryCodes,
    });
  }

  /** A wrong password is refused at once if it is sent with each request; a body that cannot be sent again may have met a stale token. */
  #mayLackRight({ signIn, url, body }: ClientRequest): boolean {
    const replayable = body === undefined || isReplayable(body);
    const { scheme } = this.#options.authenticator;
    return scheme === 'token' && signIn === undefined && url !== BASE && replayable;
  }

  /**
   * Whether the registry takes our sign-in: it lets us in at `/v2/`, where it does not let in everybody. Asked when a refusal
   * has to be understood, and kept once it is so.
   */
  async #isSignedIn(): Promise<boolean> {
    this.#signedInto ??= this.#proveSignIn();
    const proven = await this.#signedInto;
    if (!proven) this.#signedInto = undefined;
    return proven;
  }

  async #proveSignIn(): Promise<boolean> {
    const { request, authenticator } = this.#options;
    const asked = { method: 'GET', url: BASE, expect: [200, 401], tries: 1 } as const;
    try {
      const anonymous = await request({ ...asked, signIn: 'none' });
      await anonymous.dump();
      if (anonymous.status === 200) return false;
      authenticator.learn(parseChallenges(anonymous.headerValues('www-authenticate')));
      const us = await request(asked);
      await us.dump();
      return us.status === 200;
    } catch (error) {
      if (error instanceof RegistryError) return false;
      throw error;
    }
  }
}
