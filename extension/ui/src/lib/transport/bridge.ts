/** Where no port can be reached: a command in the container prints the socket's frames, one a line. */
import type { DesktopClient } from "./desktop.ts";
import type { Channel, ChannelListener } from "./transport.ts";

/** Starts `dockstat bridge` for a path, and tells what it prints as a socket would. */
export function openBridge(client: DesktopClient, path: string, listener: ChannelListener): Channel {
  const cli = client.extension.vm?.cli;
  if (cli === undefined) throw new Error("Docker Desktop gives no way to start a command");
  let said = "";
  let closed = false;
  const close = (reason: string) => {
    if (closed) return;
    closed = true;
    listener.closed({ code: 1006, reason });
  };
  const child = cli.exec("dockstat", ["bridge", path], {
    stream: {
      splitOutputLines: true,
      onOutput: ({ stdout, stderr }) => {
        if (stderr !== undefined) said = stderr.trim() || said;
        if (!closed && stdout !== undefined) { for (const line of stdout.split("\n")) told(line, listener); }
      },
      onError: (error) => close(String(error)),
      onClose: (code) => close(said || `dockstat bridge ended with ${code}`),
    },
  });
  return {
    close() {
      closed = true;
      child.close();
    },
  };
}

/** The greeting is printed like any frame. */
function told(line: string, listener: ChannelListener): void {
  if (line.trim() === "") return;
  if (line.trim() === '{"message":"Connection established"}') listener.opened();
  else listener.frame(line);
}
