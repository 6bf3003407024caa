/** A fake of the Docker CLI: it resolves a text to itself, and deployments succeed at once. */
import type { ComposeEnd } from "../../server/compose/compose.ts";
import type {
  DockerStack,
  ResolvedText,
  StackDeployment,
  StackText,
} from "../../server/compose/docker_stack/docker_stack.ts";

/** A Docker CLI that a test controls. */
export class FakeDockerStack implements DockerStack {
  /** Deployments, with the text that each was given. */
  readonly deployed: (StackDeployment & { readonly text: string })[] = [];
  /** Texts that were resolved, with their variables. */
  readonly resolved: (readonly [text: string, variables: Readonly<Record<string, string>>])[] = [];
  /** Resolves a text. */
  resolve = (text: string): Omit<ResolvedText, "error"> & { readonly error?: string } => ({
    code: 0,
    output: text.replaceAll("$$", "$"),
  });
  /** Work of a deployment. */
  work: (print: (line: string) => void, signal: AbortSignal) => Promise<ComposeEnd> = () =>
    Promise.resolve({ code: 0, error: undefined });

  async config({ file }: StackText, variables: Readonly<Record<string, string>>): Promise<ResolvedText> {
    const text = await Deno.readTextFile(file);
    this.resolved.push([text, variables]);
    return { error: undefined, ...this.resolve(text) };
  }

  async deploy(
    deployment: StackDeployment,
    onLine: (line: string) => void,
    signal: AbortSignal,
  ): Promise<ComposeEnd> {
    this.deployed.push({ ...deployment, text: await Deno.readTextFile(deployment.file) });
    return await this.work(onLine, signal);
  }
}
