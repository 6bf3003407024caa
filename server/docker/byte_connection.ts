/** A connection of bytes to an engine. */

/** The part of a connection that carries bytes; its errors are those of Deno. */
export type ByteConnection = Pick<Deno.Conn, "read" | "write" | "closeWrite" | "close">;

/** PEM texts of a TLS connection. */
export interface TlsTexts {
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
}
