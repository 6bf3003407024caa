import { TestPage } from "../dom.ts";
import { assertEquals } from "../../../../tests/assert.ts";
import { useTheme } from "@mui/material";
import { PageThemeProvider } from "../../src/app/page_theme.tsx";
import { pageTheme } from "../../src/app/theme.ts";
import { themeChoice } from "../../src/app/theme_choice.ts";

function Mode() {
  return <p>{useTheme().palette.mode}</p>;
}

Deno.test("the chosen theme is used and stored", async () => {
  await using page = new TestPage();
  const view = page.render(
    <PageThemeProvider>
      <Mode />
    </PageThemeProvider>,
  );
  const shown = () => view.container.querySelector("p")?.textContent;
  assertEquals(shown(), "light");
  await page.act(() => themeChoice.set("dark"));
  assertEquals([shown(), localStorage.getItem("dockstat.theme")], ["dark", '"dark"']);
  await page.act(() => themeChoice.set("system"));
  assertEquals(shown(), "light");
});

Deno.test("Docker Desktop's colors replace those of the page, and sizes stay", () => {
  const palette = { mode: "dark", background: { default: "#010203", paper: "#040506" } } as const;
  const { tokens, theme } = pageTheme("dark", { palette } as never);
  assertEquals([tokens.canvas, tokens.panel, theme.palette.background.paper], [
    "#010203",
    "#040506",
    "#040506",
  ]);
  assertEquals(theme.typography.body2.fontSize, pageTheme("light").theme.typography.body2.fontSize);
});
