/** The rules of the app, as closed codes; protocol failures are `RegistryError`, storage failures `DataError`. */
export type ServiceErrorCode =
  | 'invalidInput'
  | 'invalidAddress'
  | 'certificateFile'
  | 'accountUnknown'
  | 'accountExists'
  | 'readOnly'
  | 'planExpired'
  | 'planStale'
  | 'consentNeeded'
  | 'operationUnknown'
  | 'credentialHelper'
  | 'busy'
  | 'unsupported'
  | 'storageFailed'
  /** What was kept of a deleted manifest is not what its digest says any more. */
  | 'trashDamaged'
  | 'collected';

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
