/** The file that an address names. */

/** A further file that the editor opens first. */
export interface OpenFile {
  readonly path: string;
  /** True for a file that the stack does not have. */
  readonly isNew: boolean;
}
