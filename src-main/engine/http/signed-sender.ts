import type { RegistryError } from '../errors.ts';
import { Authenticator, type Wanted } from './auth.ts';
import { type Challenge, parseChallenges } from './challenge.ts';
import type { Authorization } from './credentials.ts';
import type { Trust } from './dispatchers.ts';
import { HeldCredentials } from './held-credentials.ts';
import type { ClientRequest } from './options.ts';
import type { Reply } from './reply.ts';
import type { RequestSlot } from './request-slot.ts';
import { isGuessed } from './scope.ts';
import type { Sender } from './sender.ts';
import type { Exchange } from './token-service.ts';

/** Refusals of one request that are answered: a stale token, a scope we did not think of, one that we made up. */
const CHALLENGES_ANSWERED = 3;

/** Registries that one may send us to; more are an endless row of names. */
const GUESTS_MAX = 16;

export interface SignedSenderOptions {
  sender: Sender;
  /** The registry's own. */
  origin: URL;
  credentials: HeldCredentials;
  trustOf: (url: URL) => Trust;
  exchange: Exchange;
}

/** Sends requests signed in as the registry asks: answers the challenges that they meet, at the registry and along redirects. */
export class SignedSender {
  /** The registry's own. */
  readonly authenticator: Authenticator;
  readonly #options: SignedSenderOptions;
  /** By the origin of registries that this one sends us to. */
  readonly #guests = new Map<string, Authenticator>();

  constructor(options: SignedSenderOptions) {
    this.#options = options;
    this.authenticator = this.#authenticatorFor(options.origin, options.credentials);
  }

  /**
   * One request with its sign-in; a refusal is answered and, where the body is `replayable`, the request sent again. A refusal
   * that is final is the reply.
   *
   * @throws {RegistryError} of the transport, the redirects and the token service; a refusal without a challenge, where asking
   * for one gave none.
   */
  async send(
    request: ClientRequest,
    wanted: Wanted,
    slot: RequestSlot,
    { replayable }: { replayable: boolean },
  ): Promise<Reply> {
    const { sender, origin: registry } = this.#options;
    const { url } = wanted;
    // First the place and then the token, which might run out in line.
    await slot.at(url.origin);
    const own = this.#options.trustOf(url) === 'own';
    const first = own ? await this.#prepared(request, wanted) : undefined;
    const sent = new Map(first ? [[registry.origin, first]] : []);
    const answered = new Map<string, number>();
    let challenges: Challenge[] | undefined;
    let bare: RegistryError | undefined;
    for (;;) {
      const unasked = bare && !challenges;
      const reply = await sender.send(request, url, slot, unasked ? undefined : sent);
      const { origin } = reply.url;
      const [used, round] = [sent.get(origin), answered.get(origin) ?? 0];
      const signer = own && request.signIn === undefined ? this.#signerAt(origin) : undefined;
      const refused = isRefusal(reply);
      const refusesGuess = !refused && replayable && isBareRefusal(reply, used) && isGuessed(wanted.scopes);
      if (!signer || !(refused || refusesGuess) || round >= CHALLENGES_ANSWERED) return reply;
      if (!replayable) {
        signer.forget(used);
        return reply;
      }
      answered.set(origin, round + 1);
      if (refused) challenges = parseChallenges(reply.headerValues('www-authenticate'));
      else bare = await reply.failure();
      // Asked without a token, the registry names the scope that it wants in place of our guess.
      if (!challenges) continue;
      const next = await signer
        .answer(challenges, wanted, used, round, request.signal)
        .catch(async (error: unknown) => {
          await reply.dump();
          throw error;
        });
      if (!next && !bare) return reply;
      await reply.dump();
      if (!next) throw bare;
      sent.set(origin, next);
    }
  }

  async #prepared({ signIn, signal }: ClientRequest, wanted: Wanted): Promise<Authorization | undefined> {
    return signIn === 'none' ? undefined : await this.authenticator.prepare(wanted, signal);
  }

  /**
   * Who answers a challenge. A registry that this one sends us to gets an anonymous token of its own service, and never our
   * credentials; object storage and the like ask for credentials that we do not have.
   */
  #signerAt(origin: string): Authenticator {
    if (origin === this.#options.origin.origin) return this.authenticator;
    let guest = this.#guests.get(origin);
    if (!guest) {
      if (this.#guests.size >= GUESTS_MAX) this.#guests.clear();
      guest = this.#authenticatorFor(new URL(origin), new HeldCredentials(undefined));
      this.#guests.set(origin, guest);
    }
    return guest;
  }

  #authenticatorFor(origin: URL, credentials: HeldCredentials): Authenticator {
    const { trustOf, exchange } = this.#options;
    return new Authenticator({ origin, credentials, trustOf, exchange });
  }
}

function isRefusal(reply: Reply): boolean {
  if (reply.status === 401) return true;
  if (reply.status !== 403) return false;
  return parseChallenges(reply.headerValues('www-authenticate')).some(
    ({ scheme, parameters }) => scheme === 'bearer' && parameters.get('error') === 'insufficient_scope',
  );
}

/** The token is good and gives too little, and the registry does not say what it wants. */
function isBareRefusal(reply: Reply, used: Authorization | undefined): boolean {
  return reply.status === 403 && used?.scheme === 'bearer' && !isRefusal(reply);
}
