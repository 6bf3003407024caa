/** Types of composerize, which has none. */
export default function composerize(
  command: string,
  existing: string | null,
  version: "latest",
  indent: number,
): string;
