/** Compares responses with an OpenAPI document. */
import { Ajv2020 } from "ajv/2020";
import { assert, assertEquals } from "../assert.ts";
import type { Answer, Json } from "./served.ts";

/** Validates responses against a document, and records which of its responses occurred. */
export class Validator {
  /** Responses that occurred, such as "GET /stacks 200". */
  readonly seen = new Set<string>();
  readonly #ajv = new Ajv2020({ strict: false });

  constructor(readonly document: Json) {}

  /** Throws unless the document describes a response. */
  check(method: string, path: string, answer: Answer): void {
    const { status, type, body, text } = answer;
    const pattern = this.#patternOf(path.split("?")[0]!);
    const what = `${method} ${pattern} ${status}`;
    const described = this.document.paths[pattern]?.[method.toLowerCase()]?.responses[status];
    assert(described !== undefined, `${what} is described: ${text}`);
    const { content = { "": {} }, headers = {} } = this.#resolved(described);
    assertEquals(type, Object.keys(content)[0], what);
    for (const name of Object.keys(headers)) assert(answer.headers.has(name), `${what} has ${name}`);
    this.seen.add(what);
    if (body === undefined) return;
    const { schema } = content[type];
    const valid = this.#ajv.validate({ ...schema, components: this.document.components }, body);
    assert(valid, `${what}: ${this.#ajv.errorsText()}: ${text}`);
  }

  /** Lists the described success responses that did not occur. */
  unseen(): string[] {
    return Object.entries<Json>(this.document.paths).flatMap(([path, { parameters: _, ...methods }]) =>
      Object.entries<Json>(methods).flatMap(([method, { responses }]) =>
        Object.keys(responses).filter((status) => status.startsWith("2"))
          .map((status) => `${method.toUpperCase()} ${path} ${status}`)
      )
    ).filter((what) => !this.seen.has(what));
  }

  #patternOf(path: string): string {
    const patterns = Object.keys(this.document.paths);
    const matches = (pattern: string) =>
      new RegExp(`^${pattern.replace("{path}", ".+").replaceAll(/\{\w+\}/g, "[^/]+")}$`).test(path);
    return patterns.find((pattern) => pattern === path) ?? patterns.find(matches) ?? path;
  }

  #resolved(part: Json): Json {
    return part.$ref === undefined ? part : this.document.components.responses[part.$ref.split("/").at(-1)];
  }
}
