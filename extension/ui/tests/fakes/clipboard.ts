/** A clipboard for one test. */

/** A clipboard that records texts; disposal restores the browser's. */
export interface FakeClipboard extends Disposable {
  readonly texts: readonly string[];
}

/** Replaces the clipboard, and the older way to copy a selection, which a denied clipboard falls back to. */
export function fakeClipboard({ denied = false, legacy = false } = {}): FakeClipboard {
  const texts: string[] = [];
  const writeText = (text: string) => {
    if (denied) return Promise.reject(new Error("denied"));
    texts.push(text);
    return Promise.resolve();
  };
  const execCommand = () => {
    if (legacy) texts.push((document.activeElement as HTMLTextAreaElement).value);
    return legacy;
  };
  const restore = [
    replace(navigator, "clipboard", { writeText }),
    replace(document, "execCommand", execCommand),
  ];
  return { texts, [Symbol.dispose]: () => restore.forEach((undo) => undo()) };
}

function replace(target: object, name: string, value: unknown): () => void {
  const before = Object.getOwnPropertyDescriptor(target, name);
  Object.defineProperty(target, name, { configurable: true, value });
  return () => {
    if (before === undefined) Reflect.deleteProperty(target, name);
    else Object.defineProperty(target, name, before);
  };
}
