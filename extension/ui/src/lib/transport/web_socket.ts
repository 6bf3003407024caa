/** One WebSocket as a channel: the greeting opens it, the close ends it. */
import type { Channel, ChannelListener } from "./transport.ts";

/** Connects to an address; everything that follows is told to the listener. */
export function openWebSocket(url: string, protocols: readonly string[], listener: ChannelListener): Channel {
  const socket = new WebSocket(url, [...protocols]);
  let greeted = false;
  socket.onmessage = ({ data }) => {
    if (greeted) return listener.frame(String(data));
    greeted = true;
    listener.opened();
  };
  socket.onclose = ({ code, reason }) => listener.closed({ code, reason });
  return {
    close() {
      socket.onmessage = null;
      socket.onclose = null;
      socket.close();
    },
  };
}
