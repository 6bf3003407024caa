/** Pure: warnings of Compose with their places in the text, and settings that have no effect in a stack. */
import type { Issue } from "../../errors.ts";
import { fieldsOf, textOf } from "../../untrusted_json.ts";
import type { Resolved } from "./resolve.ts";
import { positionAt } from "./yaml_tokens.ts";

/** Variables of a `.env` that DockStat decides itself. */
const WITHOUT_EFFECT = [
  "COMPOSE_FILE",
  "COMPOSE_PROJECT_NAME",
  "COMPOSE_ENV_FILES",
  "COMPOSE_REMOVE_ORPHANS",
  "COMPOSE_IGNORE_ORPHANS",
  "COMPOSE_PATH_SEPARATOR",
];
const UNSET = /The "?([^"\s]+)"? variable is not set/;
/** Limit of warnings about one text. */
const MOST = 50;

/** Returns the warnings that Compose printed about a text. */
export function placedWarnings({ notes }: Resolved, compose: string): Issue[] {
  return notes.slice(0, MOST).map((note) => {
    const message = note.replace(/^\S*compose\.yaml: /, "");
    const at = placeOf(message, compose);
    return { path: "compose", ...at === undefined ? {} : positionAt(compose, at), message };
  });
}

function placeOf(message: string, compose: string): number | undefined {
  const name = UNSET.exec(message)?.[1];
  const pattern = name === undefined
    ? /attribute `version`/.test(message) ? /^version\s*:/m : undefined
    : new RegExp(`(?<!\\$)\\$(?:${escaped(name)}(?![\\w])|\\{${escaped(name)}(?![\\w]))`);
  return pattern?.exec(compose)?.index;
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
}

/** Returns warnings about settings that have no effect: the name in the file, and variables that select files. */
export function ineffectiveSettings(
  { written }: Resolved,
  env: string | undefined,
  project: string | undefined,
): Issue[] {
  const name = textOf(fieldsOf(written)["name"]);
  const isOther = name !== undefined && project !== undefined && name !== project;
  const lines = (env ?? "").split(/\r?\n/);
  return [
    ...isOther
      ? [{
        path: "compose.name",
        message: `the name "${
          name.slice(0, 80)
        }" has no effect: the project has the name of the stack, "${project}"`,
      }]
      : [],
    ...lines.flatMap((line, index) => {
      const variable = /^\s*(?:export\s+)?(\w+)\s*[=:]/.exec(line)?.[1] ?? "";
      if (!WITHOUT_EFFECT.includes(variable)) return [];
      return [{ path: "env", line: index + 1, column: 1, message: `${variable} has no effect in a stack` }];
    }),
  ];
}
