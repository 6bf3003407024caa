/** Finds out whether a data folder can be used. */

/** Reports whether a folder exists or can be created, and files can be written to it. */
export async function isWritable(folder: string): Promise<boolean> {
  try {
    await Deno.mkdir(folder, { recursive: true, mode: 0o700 });
    await Deno.remove(await Deno.makeTempFile({ dir: folder, prefix: ".probe-" }));
    return true;
  } catch (error) {
    // Deno's own refusal is a mistake in the command line, not a property of the folder.
    if (error instanceof Deno.errors.NotCapable) throw error;
    return false;
  }
}
