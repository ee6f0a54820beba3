/** What the address says of the tab. */
export interface PackagesSearch {
  /** An attached SBOM where there is one, without. */
  readonly source: 'files' | undefined;
  readonly type: string | undefined;
  readonly filter: string | undefined;
}
