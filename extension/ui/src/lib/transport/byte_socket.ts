/** A WebSocket of bytes and texts, such as a terminal. */
import type { ByteChannel, ByteListener } from "./transport.ts";

/** Connects to a URL and reports all events to the listener. */
export function openByteSocket(
  url: string,
  protocols: readonly string[],
  listener: ByteListener,
): ByteChannel {
  const socket = new WebSocket(url, [...protocols]);
  socket.binaryType = "arraybuffer";
  let greeted = false;
  socket.onmessage = ({ data }: MessageEvent<string | ArrayBuffer>) => {
    if (typeof data !== "string") return listener.bytes(new Uint8Array(data));
    if (greeted) return listener.text(data);
    greeted = true;
    listener.opened();
  };
  socket.onclose = ({ code, reason }) => listener.closed({ code, reason });
  return {
    send: (frame) => {
      if (socket.readyState === WebSocket.OPEN) socket.send(frame);
    },
    close() {
      socket.onmessage = null;
      socket.onclose = null;
      socket.close();
    },
  };
}
