/** The texts of a stack before they are validated. */
import type { ComposeProject } from "../../compose/compose.ts";
import type { AllowedKeys } from "./unknown_keys.ts";

/** A project that is not stored yet, or not yet like this. */
export interface UncheckedStack {
  readonly compose: string;
  /** Text that overrides parts of the compose file. */
  readonly override?: string | undefined;
  readonly env: string | undefined;
  /** Its files, written where Compose can read them. */
  readonly project: ComposeProject;
  /** True if files outside the folder are allowed, as in an adopted project. */
  readonly adopted: boolean;
  /** Keys beside those of the specification; `undefined` admits all keys. */
  readonly allowKeys: AllowedKeys;
}
