/** Programs that tests and tasks run; a failure includes their output. */

/** Options for running a program. */
export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
  /** Content of its standard input. */
  readonly input?: Uint8Array;
}

/**
 * Runs a program until it exits.
 *
 * @returns Standard output.
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
  const output = new TextDecoder().decode(stderr).trim() || new TextDecoder().decode(stdout).trim();
  throw new Error(
    `"${[program, ...args].join(" ")}" exited with code ${code}: ${output.split("\n").slice(-5).join("\n")}`,
  );
}

async function feed(stdin: WritableStream<Uint8Array>, input: Uint8Array): Promise<void> {
  const writer = stdin.getWriter();
  await writer.write(input);
  await writer.close();
}

/** Runs a program like {@linkcode run}, but returns `undefined` on failure. */
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
