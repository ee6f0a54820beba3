/** What the address says of the tab. */
export interface FilesSearch {
  /** `layer-<number>`; the last one without. */
  readonly layer: string | undefined;
  /** All files up to the layer without. */
  readonly view: 'changes' | 'wasted' | undefined;
  readonly filter: string | undefined;
}
