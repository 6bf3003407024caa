/** The keys `alerts` and `channels` of `dockstat.yaml`: rules, and where their alerts are delivered. */
import * as v from "valibot";
import { ChannelDraft, MOST_CHANNELS } from "../protocol/alerts/channel.ts";
import { MOST_RULES, RuleDraft } from "../protocol/alerts/rule.ts";

/** Schema entries of the two keys. */
export const ALERT_KEYS = {
  alerts: v.optional(
    v.pipe(v.array(RuleDraft, "a list of rules"), v.maxLength(MOST_RULES, `${MOST_RULES} at most`)),
  ),
  channels: v.optional(
    v.pipe(
      v.array(ChannelDraft, "a list of channels"),
      v.maxLength(MOST_CHANNELS, `${MOST_CHANNELS} at most`),
    ),
  ),
} as const;

/** A key whose value another one has used. */
interface Repeated {
  readonly keys: (string | number)[];
  readonly message: string;
}

/** Finds ids that two rules or two channels of the file share. */
export function repeatedIds(
  file: Readonly<{ [K in keyof typeof ALERT_KEYS]?: readonly unknown[] | undefined }>,
): Repeated[] {
  return (["alerts", "channels"] as const).flatMap((list) => {
    const ids = (file[list] ?? []).map((item) => (item as { readonly id?: string }).id);
    return ids.flatMap((id, index) =>
      id === undefined || ids.indexOf(id) === index
        ? []
        : [{ keys: [list, index, "id"], message: `"${id}" is already used: each needs its own id` }]
    );
  });
}
