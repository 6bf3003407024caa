/** `dockstat stacks` in this process, against a server with a fake engine and a fake Compose. */
import { main } from "../../../server/cli/main.ts";
import { TOKEN } from "../../client.ts";
import { COMPOSE, type ServedStacks } from "../../stacks/client.ts";

// Messages name commands as the task that runs the tests was started.
Deno.env.delete("INIT_CWD");
Deno.env.delete("npm_lifecycle_event");

/** Result of a command. */
export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs a command with this standard input, and returns its exit code and output. */
export async function runCli(
  { server }: Pick<ServedStacks, "server">,
  args: readonly string[],
  input = "",
): Promise<Ran> {
  const { port } = new URL(server.url);
  using captured = new Captured(input);
  const signal = new AbortController().signal;
  const code = await main(["stacks", ...args, "--port", port, "--token", TOKEN], signal);
  return { code, out: captured.out, err: captured.err };
}

/** Replaces the standard streams; disposing it restores them. */
export class Captured implements Disposable {
  out = "";
  err = "";
  readonly #restore: (() => void)[];

  constructor(input = "") {
    this.#restore = [
      this.#replace(Deno.stdout, "writeSync", { value: this.#writer((text) => this.out += text) }),
      this.#replace(Deno.stderr, "writeSync", { value: this.#writer((text) => this.err += text) }),
      this.#replace(Deno.stdout, "isTerminal", { value: () => false }),
      this.#replace(Deno.stdin, "readable", { value: new Blob([input]).stream() }),
      this.#replace(Deno.stdin, "read", { value: readerOf(input) }),
    ];
  }

  #writer(add: (text: string) => void) {
    return (bytes: Uint8Array): number => {
      add(new TextDecoder().decode(bytes));
      return bytes.length;
    };
  }

  #replace(stream: object, key: string, property: PropertyDescriptor): () => void {
    const before = Object.getOwnPropertyDescriptor(stream, key);
    Object.defineProperty(stream, key, { ...property, configurable: true, writable: true });
    return () => {
      if (before === undefined) Reflect.deleteProperty(stream, key);
      else Object.defineProperty(stream, key, before);
    };
  }

  [Symbol.dispose](): void {
    this.#restore.forEach((restore) => restore());
  }
}

/** Reads the whole input at once, then its end. */
function readerOf(input: string): (buffer: Uint8Array) => Promise<number | null> {
  let rest = input;
  return (buffer) => {
    const { written } = new TextEncoder().encodeInto(rest, buffer);
    rest = "";
    return Promise.resolve(written || null);
  };
}

/** Creates the stack "web", waits until it is deployed, and returns its id. */
export async function deployed(it: ServedStacks): Promise<number> {
  return (await it.call("POST", "/stacks?wait=1", { name: "web", compose: COMPOSE })).body.stack_id;
}

/** Stores a file of a stack. */
export async function putFile({ server }: ServedStacks, path: string, text: string): Promise<void> {
  const headers = { authorization: `Bearer ${TOKEN}` };
  const answer = await fetch(server.url + path, { method: "PUT", headers, body: text });
  await answer.body?.cancel();
}
