/** Texts that a new stack begins with, instead of typed ones. */

/** Texts of a template, a converted command or a dropped file. */
export interface Intake {
  /** Proposed name; empty without one. */
  readonly name: string;
  readonly compose: string;
  /** `undefined` to keep the typed environment. */
  readonly env?: string | undefined;
}

/** Props of the ways to begin a stack. */
export interface IntakeProps {
  /** Called with the texts, which replace the typed ones. */
  readonly onTake: (intake: Intake) => void;
}
