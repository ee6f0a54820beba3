/** What the address says of the tab. */
export interface VulnerabilitiesSearch {
  readonly filter: string | undefined;
  /** A severity, or what came of a comparison. */
  readonly type: string | undefined;
  /** Tag or digest of the same repository that it is compared with. */
  readonly against: string | undefined;
}
