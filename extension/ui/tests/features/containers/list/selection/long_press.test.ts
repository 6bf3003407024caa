import { page } from "../../../../window.ts";
import { assertEquals, eventually } from "../../../../../../../tests/assert.ts";
import { LongPress } from "../../../../../src/features/containers/list/selection/long_press.ts";
import { Selection } from "../../../../../src/features/containers/list/selection/selection.ts";

function open() {
  const area = document.createElement("div");
  area.innerHTML = ["a", "b"].map((name) =>
    `<div role="row"><label class="select" data-key="${name}"></label><a class="cover" href="#/${name}">${name}</a></div>`
  ).join("");
  document.body.append(area);
  const selection = new Selection();
  selection.setOrder(["a", "b"]);
  const press = new LongPress(area, selection);
  const link = (name: string) => area.querySelector(`a[href="#/${name}"]`)!;
  const send = (name: string, type: string, more: object = {}) => {
    const event = Object.assign(new page.Event(type, { bubbles: true, cancelable: true }), {
      ...{ pointerType: "touch", clientX: 0, clientY: 0 },
      ...more,
    });
    link(name).dispatchEvent(event as unknown as Event);
    return event.defaultPrevented;
  };
  const keys = () => [...selection.keys.value].join("");
  return {
    send,
    keys,
    [Symbol.dispose]() {
      press[Symbol.dispose]();
      area.remove();
    },
  };
}

Deno.test("a long press selects its row, and a tap afterwards another one, without opening them", async () => {
  using it = open();
  it.send("a", "pointerdown");
  await eventually("the selection", () => it.keys() === "a");
  it.send("a", "pointerup");
  assertEquals(it.send("a", "click"), true);
  it.send("b", "pointerdown");
  assertEquals([it.send("b", "click"), it.keys()], [true, "ab"]);
});

Deno.test("a short tap opens the row, and a touch that scrolls selects nothing", () => {
  using it = open();
  it.send("a", "pointerdown");
  it.send("a", "pointermove", { clientY: 50 });
  it.send("a", "pointerup");
  assertEquals([it.send("a", "click"), it.keys()], [false, ""]);
});

Deno.test("a mouse opens the row, however long it is pressed", () => {
  using it = open();
  it.send("a", "pointerdown", { pointerType: "mouse" });
  assertEquals([it.send("a", "click"), it.keys()], [false, ""]);
});
