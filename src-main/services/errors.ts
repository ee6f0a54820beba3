import type { ServiceErrorCode } from '../common/failure.ts';

/** A rule of the app, as a closed code; protocol failures are `RegistryError`, storage failures `DataError`. */
export class ServiceError extends Error {
  override readonly name = 'ServiceError';
  readonly code: ServiceErrorCode;
  /** One plain sentence about this case; holds no secret. */
  readonly reason?: string;

  constructor(code: ServiceErrorCode, reason?: string, options?: ErrorOptions) {
    super(reason === undefined ? code : `${code}: ${reason}`, options);
    this.code = code;
    if (reason !== undefined) this.reason = reason;
  }
}
