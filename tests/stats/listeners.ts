/** Returns the number of listeners that were added to a signal, and not removed, since this call. */
export function countListeners(signal: AbortSignal): () => number {
  const present = new Set<unknown>();
  const add = signal.addEventListener.bind(signal);
  const remove = signal.removeEventListener.bind(signal);
  signal.addEventListener = (...given: Parameters<typeof add>) => {
    present.add(given[1]);
    add(...given);
  };
  signal.removeEventListener = (...given: Parameters<typeof remove>) => {
    present.delete(given[1]);
    remove(...given);
  };
  return () => present.size;
}
