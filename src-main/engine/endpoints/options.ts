/** Of every call: cancelling throws a {@link RegistryError} `cancelled`. */
export interface CallOptions {
  signal?: AbortSignal | undefined;
}
