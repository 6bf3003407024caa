/** The parts that stacks from Git are built from. */
import type { Editor } from "../stacks/editor.ts";
import type { StackParts } from "../stacks/parts.ts";
import type { Stacks } from "../stacks/stacks.ts";
import type { GitRows } from "../store/git/git_rows.ts";
import type { Remotes } from "./repository.ts";

/** Parts that stacks from Git are built from. */
export interface GitParts {
  readonly stacks: Stacks;
  readonly editor: Editor;
  readonly parts: StackParts;
  readonly rows: GitRows;
  /** `undefined` when nothing is stored: then there are no stacks. */
  readonly remotes: Remotes | undefined;
}
