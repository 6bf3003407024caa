/** Completion and hover of a compose file in the text editor. */
import {
  autocompletion,
  type Completion,
  type CompletionContext,
  completionKeymap,
  type CompletionResult,
} from "@codemirror/autocomplete";
import type { Extension } from "@codemirror/state";
import { hoverTooltip, keymap } from "@codemirror/view";
import { completionsAt, tagAt } from "./completions.ts";
import { placeAt } from "./spec.ts";
import { pathAt } from "./cursor.ts";

/** Returns the tags of an image, highest first; none if they are not known. */
export type TagsOf = (image: string) => Promise<readonly string[]>;

/** Returns completion and hover; `environment` returns the environment text as it is now. */
export function composeLanguage(environment: () => string, tagsOf: TagsOf): Extension {
  return [
    autocompletion({
      override: [
        (context) => complete(context, environment()),
        (context) => completeTag(context, tagsOf),
      ],
      icons: false,
    }),
    keymap.of(completionKeymap),
    hoverTooltip((view, offset) => {
      const text = view.state.sliceDoc();
      const found = pathAt(text, offset);
      const description = found && placeAt(found.path)?.description;
      if (description === undefined || found === undefined) return null;
      const create = () => {
        const dom = document.createElement("div");
        dom.className = "cm-hover";
        dom.textContent = description;
        return { dom };
      };
      return { pos: found.from, end: found.to, above: true, create };
    }),
  ];
}

function complete(context: CompletionContext, environment: string): CompletionResult | null {
  const found = completionsAt(context.state.sliceDoc(), context.pos, environment);
  if (found === undefined || !context.explicit && found.typed === "") return null;
  const options = found.options.map(({ label, apply, detail }): Completion => ({
    label,
    apply,
    ...detail === undefined ? {} : { info: detail },
  }));
  return { from: context.pos - found.typed.length, options, validFor: /^[\w-]*$/ };
}

/** Completes the tag of an image. */
async function completeTag(context: CompletionContext, tagsOf: TagsOf): Promise<CompletionResult | null> {
  const found = tagAt(context.state.sliceDoc(), context.pos);
  if (found === undefined) return null;
  const tags = await tagsOf(found.image);
  if (context.aborted || tags.length === 0) return null;
  // The order of the tags stays, instead of that of the alphabet.
  const options = tags.map((label, index): Completion => ({ label, boost: Math.max(99 - index, -99) }));
  return { from: context.pos - found.typed.length, options, validFor: /^[\w.-]*$/ };
}
