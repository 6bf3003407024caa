/** Pure: the parts of a draft, and the requests that store the differences between two drafts. */
import type { DraftChange } from "../../../../../../server/protocol/drafts/draft.ts";

/** Texts of a draft by the name of their field; files have the prefix `file:`, deleted ones `removed:`. */
export type DraftParts = ReadonlyMap<string, string>;

const FILE = "file:";
const REMOVED = "removed:";
/** Largest request, characters; a longer text is sent alone. */
const MOST_LENGTH = 256 * 1024;
/** Largest number of files in a request. */
const MOST_FILES = 100;

/** Returns the texts of a draft. */
export function partsOf({ files = [], removed = [], ...fields }: DraftChange): DraftParts {
  const all = [
    ...Object.entries(fields),
    ...files.map(({ path, text }) => [FILE + path, text] as const),
    ...removed.map(({ path, removed }) => [REMOVED + path, removed ? "" : null] as const),
  ];
  return new Map(all.flatMap(([name, text]) => typeof text === "string" ? [[name, text] as const] : []));
}

/** Returns the requests that turn one draft into another: changed texts, and `null` for those that are gone. */
export function draftRequests(before: DraftParts, after: DraftParts): readonly DraftChange[] {
  const changes = [
    ...[...after].filter(([name, text]) => before.get(name) !== text),
    ...[...before.keys()].filter((name) => !after.has(name)).map((name) => [name, null] as const),
  ];
  const batches: (readonly [name: string, text: string | null])[][] = [];
  let length = Infinity;
  for (const change of changes) {
    const own = change[1]?.length ?? 0;
    if (length + own > MOST_LENGTH || batches.at(-1)!.length >= MOST_FILES) {
      batches.push([]);
      length = 0;
    }
    batches.at(-1)!.push(change);
    length += own;
  }
  return batches.map(changeOf);
}

function changeOf(batch: readonly (readonly [name: string, text: string | null])[]): DraftChange {
  const below = (prefix: string) =>
    batch.filter(([name]) => name.startsWith(prefix)).map(([name, text]) =>
      [name.slice(prefix.length), text] as const
    );
  const files = below(FILE).map(([path, text]) => ({ path, text }));
  const removed = below(REMOVED).map(([path, text]) => ({ path, removed: text !== null }));
  const fields = batch.filter(([name]) => !name.startsWith(FILE) && !name.startsWith(REMOVED));
  return {
    ...Object.fromEntries(fields),
    ...files.length > 0 && { files },
    ...removed.length > 0 && { removed },
  };
}
