import { redact } from './redact.ts';
import { masked } from './secrets.ts';
import type { RegistryErrorCode } from './vocabulary/errors.ts';
import type { Side } from './vocabulary/transfer.ts';

/** A secure connection was not made. */
export const TLS_FAILURES: ReadonlySet<RegistryErrorCode> = new Set<RegistryErrorCode>([
  'tlsUntrusted',
  'tlsExpired',
  'tlsName',
  'tlsClientCertificate',
  'tlsFailed',
]);

/** No connection was made, so nothing was asked of the registry. One that was made and then lost is not meant. */
export const CONNECTION_FAILURES: ReadonlySet<RegistryErrorCode> = new Set<RegistryErrorCode>([
  'hostUnknown',
  'connectionRefused',
  ...TLS_FAILURES,
  'proxyFailed',
]);

/**
 * Failures that are not about what was asked for: whatever else is asked of the registry fails the same way. Whether a lost
 * connection or a timeout is one depends on what was asked for, and is for the caller to say.
 */
export const COMMON_FAILURES: ReadonlySet<RegistryErrorCode> = new Set<RegistryErrorCode>([
  ...CONNECTION_FAILURES,
  'addressRefused',
  'notARegistry',
  'unauthorized',
  'rateLimited',
]);

export interface RegistryErrorDetails {
  /** The registry's (or the system's) own words, redacted and capped; shown as text, never parsed. */
  reason?: string | undefined;
  /** HTTP status, where there was a reply. */
  status?: number | undefined;
  /** Seconds the registry asked to wait. */
  retryAfter?: number | undefined;
  side?: Side | undefined;
  /** Of `addressRefused`: the host (`host[:port]`) that the user may approve. Absent if it cannot be approved. */
  approvable?: string | undefined;
  /** Of `unauthorized`: the registry, as in references, at which no sign-in was tried. */
  signInAt?: string | undefined;
  /** Of `unauthorized`: who was refused is a robot account, which may have ended. */
  robot?: true | undefined;
  /** Error codes of the registry's reply (`MANIFEST_UNKNOWN`, …); empty where it sent none. */
  registryCodes?: readonly string[] | undefined;
  cause?: unknown;
}

/**
 * The one error the engine throws, cancelling included (`cancelled`). Carries no secret, since all its texts are redacted here,
 * wherever they come from: a registry can echo what it was sent in any header and any field.
 */
export class RegistryError extends Error {
  override readonly name = 'RegistryError';
  /** Method and URL with credentials and query removed; empty where no request was made. */
  readonly request: string;
  readonly reason?: string;
  readonly status?: number;
  readonly retryAfter?: number;
  readonly side?: Side;
  readonly approvable?: string;
  readonly signInAt?: string;
  readonly robot?: true;
  readonly registryCodes: readonly string[];

  constructor(
    readonly code: RegistryErrorCode,
    request: string,
    details: RegistryErrorDetails = {},
  ) {
    const place = masked(request);
    const reason = details.reason === undefined ? undefined : redact(details.reason);
    const words = reason ?? code;
    super(
      place === '' ? words : `${place}: ${words}`,
      details.cause === undefined ? {} : { cause: details.cause },
    );
    this.request = place;
    if (reason !== undefined) this.reason = reason;
    if (details.status !== undefined) this.status = details.status;
    if (details.retryAfter !== undefined) this.retryAfter = details.retryAfter;
    if (details.side !== undefined) this.side = details.side;
    if (details.approvable !== undefined) this.approvable = details.approvable;
    if (details.signInAt !== undefined) this.signInAt = details.signInAt;
    if (details.robot !== undefined) this.robot = details.robot;
    this.registryCodes = details.registryCodes?.map(redact) ?? [];
  }

  /** The same failure, attributed to one side of a copy. A side already named stays. */
  on(side: Side): RegistryError {
    return this.side === undefined ? this.#with({ side }) : this;
  }

  /** The same failure of somebody who was not signed in to this registry. One that is not about signing in stays as it is. */
  ofNobody(signInAt: string): RegistryError {
    return this.code === 'unauthorized' ? this.#with({ signInAt }) : this;
  }

  /** The same failure of a robot account. One that is not about signing in stays as it is. */
  ofRobot(): RegistryError {
    return this.code === 'unauthorized' ? this.#with({ robot: true }) : this;
  }

  /** The same failure with what to do about it after the registry's own words. */
  because(help: string): RegistryError {
    return this.#with({
      reason: this.reason === undefined ? help : `${this.reason.replace(/[.\s]*$/, '.')} ${help}`,
    });
  }

  #with(more: Pick<RegistryErrorDetails, 'side' | 'signInAt' | 'robot' | 'reason'>): RegistryError {
    return new RegistryError(this.code, this.request, {
      reason: this.reason,
      status: this.status,
      retryAfter: this.retryAfter,
      registryCodes: this.registryCodes,
      approvable: this.approvable,
      side: this.side,
      signInAt: this.signInAt,
      robot: this.robot,
      cause: this.cause ?? this,
      ...more,
    });
  }
}

/** Undefined for what is not there. */
export async function orMissing<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof RegistryError && error.code === 'notFound') return undefined;
    throw error;
  }
}
