/** Checks of rules beyond their shape. */
import { AppError, reason } from "../errors.ts";
import { compilePattern } from "../output/filter/pattern.ts";
import type { Channel } from "../protocol/alerts/channel.ts";
import type { Rule, RuleDraft } from "../protocol/alerts/rule.ts";

/**
 * Checks a rule before it is stored.
 *
 * @param channels The existing channels by id.
 * @param replaced The rule that it replaces, which may name a channel that the file no longer has.
 * @throws {AppError} "invalid" for an unknown channel or a pattern that cannot be compiled.
 */
export async function checkRule(
  { when, deliver = [] }: RuleDraft,
  channels: { readonly get: (id: string) => Channel | undefined },
  replaced?: Rule,
): Promise<void> {
  const missing = deliver.find((id) =>
    channels.get(id) === undefined && replaced?.deliver.includes(id) !== true
  );
  if (missing !== undefined) throw invalid("deliver", `there is no channel "${missing}"`);
  if (when.kind !== "log") return;
  try {
    await compilePattern("pattern", when.pattern, when.case ?? false);
  } catch (error) {
    throw error instanceof AppError
      ? invalid("when.pattern", error.issues[0]?.message ?? reason(error))
      : error;
  }
}

function invalid(path: string, message: string): AppError {
  return new AppError("invalid", `Cannot use the rule: ${path}: ${message}`, { issues: [{ path, message }] });
}
