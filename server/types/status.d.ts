// The part of `@std/http/status` that is used; the npm package has no types. The key type is upstream's: a number that is
// not a status does not index it.

export type StatusCode =
  | 400
  | 401
  | 403
  | 404
  | 405
  | 409
  | 413
  | 415
  | 421
  | 422
  | 429
  | 500
  | 502
  | 503
  | 507;
export const STATUS_TEXT: Readonly<Record<StatusCode, string>>;
