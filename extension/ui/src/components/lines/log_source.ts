/** Name and color of a container in a merged log. */
export interface SourceLook {
  readonly name: string;
  /** Name as it fits beside the lines. */
  readonly shortName: string;
  /** CSS color. */
  readonly color: string;
}
