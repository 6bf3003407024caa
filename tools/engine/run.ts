/** Programs that tests and tasks run, with what they said when they fail. */

/** Options for running a program. */
export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** Text for its standard input. */
  readonly input?: Uint8Array;
}

/**
 * Runs a program to its end.
 *
 * @returns its standard output.
 * @throws {Error} with its output when it fails or does not exist.
 */
export async function run(
  program: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<string> {
  const { input, ...rest } = options;
  const child = new Deno.Command(program, {
    args: [...args],
    stdin: input === undefined ? "null" : "piped",
    stdout: "piped",
    stderr: "piped",
    ...rest,
  }).spawn();
  const feeding = input === undefined ? undefined : feed(child.stdin, input);
  const { success, code, stdout, stderr } = await child.output();
  await feeding;
  if (success) return new TextDecoder().decode(stdout).trim();
  const words = new TextDecoder().decode(stderr).trim() || new TextDecoder().decode(stdout).trim();
  throw new Error(
    `"${[program, ...args].join(" ")}" ended with code ${code}: ${words.split("\n").slice(-5).join("\n")}`,
  );
}

async function feed(stdin: WritableStream<Uint8Array>, input: Uint8Array): Promise<void> {
  const writer = stdin.getWriter();
  await writer.write(input);
  await writer.close();
}

/** The same, but a failure is `undefined`. */
export async function tryRun(
  program: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<string | undefined> {
  try {
    return await run(program, args, options);
  } catch {
    return undefined;
  }
}
