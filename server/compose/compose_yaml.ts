/** Parses compose files. */
import { AppError, type Issue } from "../errors.ts";
import { parseYaml } from "../yaml.ts";
import { withoutKeyAnchors } from "./key_anchors.ts";

/**
 * Parses a compose file; an empty text is `null`.
 *
 * @throws {AppError} "invalid", with line and column, when the text is not valid YAML or DockStat does not support it.
 */
export async function parseCompose(text: string): Promise<unknown> {
  const plain = await withoutKeyAnchors(text);
  try {
    return parseYaml(plain.text, "compose");
  } catch (cause) {
    if (plain.left === undefined) throw cause;
    const { type, source, offset } = plain.left;
    const message =
      `DockStat does not support the ${type} ${JSON.stringify(source.slice(0, 40))} before this key: ` +
      "write the key without it";
    const before = text.slice(0, offset).split("\n");
    const issue: Issue = { path: "compose", line: before.length, column: before.at(-1)!.length + 1, message };
    throw new AppError("invalid", `Cannot read compose: ${message}`, { issues: [issue], cause });
  }
}
