/** Pure: a sentence about a running operation → which resource it is about, and how that is doing. */

/** How a resource is doing; `unfinished` when its operation was cancelled before it was done, `failed` when that failed. */
export type StepState = "working" | "done" | "warning" | "error" | "unfinished" | "failed";

/** What a sentence says of a resource. */
export interface Step {
  /** Such as "network web_default"; the name alone for what is pulled. */
  readonly resource: string;
  readonly state: StepState;
  /** Such as "Creating"; for an error its words. */
  readonly word: string;
  /** How far a pull has come; `undefined` where nobody says. */
  readonly percent: number | undefined;
}

/** Said while an operation waits for others; it is about no resource. */
const WAITING = /^Waiting for one of \d+ other operations to end$/;
/** "Pulling web: 30 %" */
const PULL = /^Pulling (\S+): (\d+) %$/;
/** "web: no such host", "container web-1: port is taken" */
const WORDS = /^((?:(?:network|volume|container|image|secret|config|service) )?\S+): (.+)$/s;
/** "Creating network web_default", "Pulled web" */
const SENTENCE = /^([A-Z][a-z]+) (\S+(?: \S+)?)$/;

const DONE =
  /^(created|started|running|stopped|removed|killed|restarted|recreated|healthy|exited|pulled|built|done|pull complete|already exists|download complete|skipped\b.*|image is up to date.*)$/i;
const WARNING = /^(warning|resource is still in use|no resource found)/i;
const WORKING = /^\w+ing\b/;

/** Reads a sentence; `undefined` when it is about no resource. */
export function readStep(message: string): Step | undefined {
  if (WAITING.test(message)) return undefined;
  const [, pulled, percent] = PULL.exec(message) ?? [];
  if (pulled !== undefined) return step(pulled, "working", "Pulling", Number(percent));
  const [, resource, words = ""] = WORDS.exec(message) ?? [];
  if (resource !== undefined) {
    return step(resource, WORKING.test(words) ? "working" : stateOf(words) ?? "error", words);
  }
  const [, word = "", what] = SENTENCE.exec(message) ?? [];
  if (what === undefined) return undefined;
  return step(what, /^(Error|Interrupted)$/.test(word) ? "error" : stateOf(word) ?? "working", word);
}

function stateOf(words: string): StepState | undefined {
  return DONE.test(words) ? "done" : WARNING.test(words) ? "warning" : undefined;
}

/** An image is told with its kind or without, depending on the Compose that tells it. */
function step(what: string, state: StepState, word: string, percent?: number): Step {
  return { resource: what.replace(/^image /, ""), state, word, percent };
}
