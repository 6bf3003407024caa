import { TestPage } from "../dom.ts";
import { assertEquals } from "../../../../tests/assert.ts";
import { mainElement, MENU_IN_MAIN } from "../../src/components/main_element.ts";

Deno.test("menus open in the main landmark", async () => {
  await using _page = new TestPage();
  const main = document.createElement("main");
  document.body.append(main);
  assertEquals(mainElement() === main, true);
  assertEquals(MENU_IN_MAIN.select.MenuProps.container() === main, true);
});

Deno.test("menus open in the body of a page without a main landmark", async () => {
  await using _page = new TestPage();
  assertEquals(mainElement() === document.body, true);
});
