/** Name and color of a container in a merged log. */
export interface SourceLook {
  readonly name: string;
  /** CSS color. */
  readonly color: string;
}
