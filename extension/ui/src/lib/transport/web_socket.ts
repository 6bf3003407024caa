/** A WebSocket as a channel, which opens with the server's greeting. */
import type { Channel, ChannelListener } from "./transport.ts";

/** Connects to a URL and reports all events to the listener. */
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
