import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { PdfReport } from "../../extension/document-view/pdf/pdf-report.ts";
import type { PdfTestPage } from "./page/test-page.ts";
import { BROWSERS, fixture, missing, openPdfWindow, until, type PdfWindow } from "./pdf-window.ts";

for (const name of BROWSERS)
  if (missing(name) !== undefined) console.log(`left out, ${name}: ${String(missing(name))}`);

/** A report of pages that are all well. */
const shown = (pages: number, more: object = {}): object => ({
  status: "shown",
  pages,
  pagesRead: pages,
  pagesWithoutText: 0,
  pagesFailed: 0,
  notices: [],
  ...more,
});

const LINES = (page: number): string[] => [
  `Heading of page ${page}`,
  ...[1, 2, 3, 4, 5].map((line) => `Line ${line} on page ${page}.`),
];

describe.each(BROWSERS.filter((name) => missing(name) === undefined))("a PDF in %s", (name) => {
  let window: PdfWindow;
  beforeAll(async () => {
    window = await openPdfWindow(name);
  });
  afterAll(() => window.close());

  const scroll = (to: number): Promise<void> =>
    window.page.evaluate((top) => document.querySelector(".paper")?.scrollTo(0, top), to);
  const paper = (): Promise<{ top: number; frame: number; width: number }> =>
    window.page.evaluate(() => {
      const box = document.querySelector("iframe")?.getBoundingClientRect();
      return { top: document.querySelector(".paper")?.scrollTop ?? 0, frame: box?.height ?? 0, width: box?.width ?? 0 };
    });

  describe("is drawn and can be read", () => {
    it.each(["three-pages.pdf", "object-streams.pdf"])("%s", async (file) => {
      expect(await window.show(fixture(file))).toMatchObject(shown(3));
      const { pages } = await window.inside();
      expect(pages.map((page) => page.name)).toEqual(["Page 1 of 3", "Page 2 of 3", "Page 3 of 3"]);
      // for screen readers on every page, for selecting where there is a picture
      expect(pages.map((page) => page.text)).toEqual([1, 2, 3].map((page) => LINES(page).join("\n")));
      expect(pages[0]?.pieces).toEqual(LINES(1));
      // the black bar of 200 × 80 points, seen at 300 × 400
      expect(pages[0]?.dark).toBeGreaterThan(3_500);
      expect(pages[0]?.dark).toBeLessThan(6_000);
    });

    it("with the structure that the file has", async () => {
      expect(await window.show(fixture("chromium-tagged.pdf"))).toMatchObject(shown(1));
      const [page] = (await window.inside()).pages;
      expect(page?.text).toBe("給付金の申請書\n氏名 道野 遥\n額 日\n五万円 十一月");
      expect(page?.structure.replaceAll("\n", "")).toBe(
        "heading1(給付金の申請書)paragraph(氏名 道野 遥)table(row(columnheader(額)columnheader( 日))row(cell(五万円)cell( 十一月)))img([市の印])",
      );
      expect(page?.dark).toBeGreaterThan(500);
    });

    it.each([
      ["japanese-unicode-map.pdf", "住民票の写しの請求\n青空市長あて"],
      ["japanese-shift-jis-map.pdf", "委任状\n受任者 道野 遥\n縦書きの文"],
    ])("in Japanese fonts that are not in the file: %s", async (file, text) => {
      expect(await window.show(fixture(file))).toMatchObject(shown(1));
      const [page] = (await window.inside()).pages;
      expect(page?.text).toBe(text);
      expect(page?.dark).toBeGreaterThan(300);
    });

    it("whatever size its pages have, and however they are turned", async () => {
      expect(await window.show(fixture("huge-page.pdf"))).toMatchObject(shown(3));
      const [huge, tall, turned] = (await window.inside()).pages;
      expect(huge?.dark).toBeGreaterThan(4_000);
      expect(tall?.box[1]).toBe(20_000);
      expect(Math.max(...(tall?.canvas ?? [Infinity]))).toBeLessThanOrEqual(8_192);
      expect(turned?.text).toBe("Turned page");
      expect(turned?.box[0]).toBeGreaterThan(turned?.box[1] ?? Infinity);
    });

    it("in more than one size", async () => {
      await window.show(fixture("three-pages.pdf"), "normal");
      const normal = await paper();
      await window.show(fixture("three-pages.pdf"), "largest");
      expect((await paper()).width).toBeCloseTo(normal.width * 2, 0);
      expect((await paper()).frame).toBeGreaterThan(normal.frame * 1.8);
      const [page] = (await window.inside()).pages;
      expect(page?.canvas?.[0]).toBeGreaterThan(normal.width * 1.9);
    });
  });

  describe("says what can't be seen on its pages", () => {
    it("a scan: no text, in words too", async () => {
      expect(await window.show(fixture("scan.pdf"))).toMatchObject(shown(3, { pagesWithoutText: 3 }));
      const { pages } = await window.inside();
      expect(pages.every((page) => page.text.startsWith("This page holds no text."))).toBe(true);
      // pages are drawn one after the other: CCITT group 4, then JPEG 2000
      await vi.waitFor(
        async () => {
          for (const page of (await window.inside()).pages.slice(0, 2)) {
            expect(page.dark).toBeGreaterThan(8_000);
            expect(page.dark).toBeLessThan(20_000);
          }
        },
        { timeout: 20_000, interval: 200 },
      );
    });

    it("a form: its values, which can't be changed", async () => {
      expect(await window.show(fixture("form.pdf"))).toMatchObject(shown(1, { notices: ["form"] }));
      const { pages, live } = await window.inside();
      expect(pages[0]?.text).toBe("Application|Name of the applicant: MICHINO HARUKA|Consent: yes|Other: no");
      expect(live).toBe(0);
    });

    it("scripts, links, attachments, notes and hidden layers, none of which does anything", async () => {
      const notices = ["attachments", "comments", "hidden-layers", "links", "scripts"];
      expect(await window.show(fixture("traps.pdf"))).toMatchObject(shown(1, { notices }));
      const before = (await window.browser.pages()).length;
      // the link is as large as the page
      const box = await (await window.page.$("iframe"))?.boundingBox();
      await window.page.mouse.click((box?.x ?? 0) + 100, (box?.y ?? 0) + 300);
      const { pages, live } = await window.inside();
      expect(pages[0]?.text).toMatch(/\|Reader: <img src=x onerror=alert\(1\)> a note$/);
      expect(pages[0]?.dark).toBeLessThan(6_000);
      expect(live).toBe(0);
      expect((await window.browser.pages()).length).toBe(before);
    });

    it("a font that is neither in the file nor here", async () => {
      expect(await window.show(fixture("chinese-not-embedded.pdf"))).toMatchObject({ notices: ["incomplete"] });
    });

    it.each([
      ["broken", new TextEncoder().encode("%PDF-1.7\nno more than this")],
      ["broken", new Uint8Array()],
      ["broken", fixture("encrypted.pdf").subarray(0, 900)],
      ["encrypted", fixture("encrypted.pdf")],
    ] as const)("%s", async (reason, bytes) => {
      expect(await window.show(bytes)).toEqual({ status: "failed", reason });
      expect(await window.page.$("iframe")).toBeNull();
    });
  });

  describe("of 120 pages", () => {
    beforeAll(async () => {
      await window.show(fixture("many-pages.pdf"));
    });

    const seen = async (page: number): Promise<PdfReport> =>
      until(async () => {
        const report = await window.report();
        return report?.status === "shown" && report.pagesSeen.includes(page) ? report : undefined;
      });

    it("is drawn only where it is looked at", async () => {
      await until(async () => ((await paper()).frame > 50_000 ? true : undefined));
      await scroll(1_000_000);
      expect(await seen(120)).toMatchObject(shown(120));
      const { pages } = await window.inside();
      expect(pages).toHaveLength(120);
      expect(pages.map((page) => page.text)).toEqual(pages.map((_, at) => `Page number ${at + 1}`));
      const drawn = pages.flatMap((page, at) => (page.canvas ? [at + 1] : []));
      expect(drawn.length).toBeLessThanOrEqual(8);
      expect(Math.min(...drawn)).toBeGreaterThan(110);
      const report = await window.report();
      expect(report?.status === "shown" && report.pagesSeen.length).toBeLessThan(20);
    });

    it("is gone through with the keys, from outside and from inside", async () => {
      await window.page.focus(".paper");
      await window.page.keyboard.press("Home");
      await until(async () => ((await paper()).top === 0 ? true : undefined));
      await window.page.keyboard.press("End");
      await until(async () => ((await paper()).top > 10_000 ? true : undefined));
      await until(async () => {
        await scroll(0);
        await new Promise((resolve) => setTimeout(resolve, 200));
        return (await paper()).top === 0 ? true : undefined;
      });
      const box = await (await window.page.$("iframe"))?.boundingBox();
      await window.page.mouse.click((box?.x ?? 0) + 100, (box?.y ?? 0) + 200);
      await window.page.keyboard.press("PageDown");
      await until(async () => ((await paper()).top > 100 ? true : undefined));
    });
  });

  it("is spoken of in another language without being opened anew", async () => {
    await window.show(fixture("scan.pdf"));
    await window.page.evaluate(() => {
      const words = {
        page: "{page}ページ（全{pages}ページ）",
        withoutText: "文字の情報がないページです。",
        failed: "",
        fields: "",
        comments: "",
        ticked: "",
        unticked: "",
      };
      (globalThis as unknown as { pdfTest: PdfTestPage }).pdfTest.speak(words);
    });
    const page = await until(async () => {
      const [first] = (await window.inside()).pages;
      return first?.name.startsWith("Page") ? undefined : first;
    });
    expect(page).toMatchObject({ name: "1ページ（全3ページ）", text: "文字の情報がないページです。|" });
    expect(page.canvas).toBeDefined();
  });
});
