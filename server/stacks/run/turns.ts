/** Work on the same stack, one after the other. */
export class Turns<Result> {
  /** Newest unfinished work of each stack. */
  readonly #newest = new Map<number, Promise<Result>>();

  /** Runs work when earlier work on the stack has ended. */
  async run(stackId: number, work: () => Promise<Result>): Promise<Result> {
    const before = this.#newest.get(stackId);
    const own = (async () => {
      await before?.catch(() => {});
      return await work();
    })();
    this.#newest.set(stackId, own);
    try {
      return await own;
    } finally {
      if (this.#newest.get(stackId) === own) this.#newest.delete(stackId);
    }
  }
}
