/** Paths of tickets, sessions and the token, a part of the table behind `/openapi.json`. */
import { BODY_REFUSALS, type HttpPath } from "./http_operation.ts";

/** Paths that give and end access. */
export const SESSION_PATHS: Readonly<Record<string, HttpPath>> = {
  "/session": {
    post: {
      id: "beginSession",
      summary: "A ticket for the sockets; served only by the unix socket of --socket",
      tag: "server",
      need: "trusted",
      body: "SessionRequest",
      answers: { 200: { description: "The ticket, and the address of the sockets.", schema: "Session" } },
      refusals: [404, ...BODY_REFUSALS, 503],
    },
  },
  "/sessions": {
    get: {
      id: "listSessions",
      summary: "Sessions of the dashboard",
      tag: "server",
      need: "secrets",
      answers: { 200: { description: "Most recently used first.", schema: "SessionInfo", list: true } },
    },
    post: {
      id: "signIn",
      summary: "Exchange the token for a session",
      tag: "server",
      need: "nothing",
      body: "SignIn",
      answers: { 201: { description: "The session.", schema: "NewSession", location: true } },
      refusals: [401, ...BODY_REFUSALS, 429],
    },
    delete: {
      id: "signOutEverywhere",
      summary: "End all sessions and their sockets",
      tag: "server",
      need: "secrets",
      answers: { 204: { description: "All sessions have ended.", empty: true } },
    },
  },
  "/sessions/{session}": {
    delete: {
      id: "signOut",
      summary: "End a session and its sockets; current is the session of this request",
      tag: "server",
      need: "secrets",
      answers: { 204: { description: "The session has ended.", empty: true } },
      refusals: [404],
    },
  },
  "/token/rotate": {
    post: {
      id: "rotateToken",
      summary: "Replace the token, and end all sessions",
      tag: "server",
      need: "change",
      answers: { 200: { description: "The new token.", schema: "RotatedToken" } },
    },
  },
};
