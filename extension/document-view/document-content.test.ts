import { describe, expect, it } from "vitest";
import { DocumentFault } from "../../formats/document-fault.ts";
import { groupDigest, readDocument } from "./document-content.ts";
import { marksIn } from "./visible-text.ts";

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

/** What becomes of it: the kind of content, or the code of the fault. */
function outcome(type: string, bytes: Uint8Array): string {
  try {
    const content = readDocument(type, bytes);
    return content.kind === "opaque" ? `opaque: ${content.reason}` : content.kind;
  } catch (error) {
    if (!(error instanceof DocumentFault)) throw error;
    return error.code;
  }
}

describe("text", () => {
  it.each(["text/plain", "text/html", "application/javascript", "Text/Plain; charset=utf-8"])(
    "of type %s is shown character by character",
    (type) => {
      expect(readDocument(type, utf8("申請書\n"))).toEqual({
        kind: "text",
        encoding: "UTF-8",
        runs: [{ kind: "text", text: "申請書\n" }],
        marks: 0,
      });
    },
  );

  it("is read in the encoding that its type declares", () => {
    const shiftJis = Uint8Array.of(0x90, 0x5c, 0x90, 0xbf);
    expect(readDocument('text/plain; charset="Shift_JIS"', shiftJis)).toMatchObject({
      encoding: "SHIFT_JIS",
      runs: [{ kind: "text", text: "申請" }],
    });
  });

  it("has every hidden character counted, the byte order mark included", () => {
    expect(readDocument("text/plain", utf8("\uFEFFa\u202Eb"))).toMatchObject({ marks: 2 });
  });

  it.each([
    ["octets that are none of the encoding's", "text/plain", Uint8Array.of(0xff, 0xfe, 0x41), "unreadable"],
    ["an unknown encoding", "text/plain; charset=nonsense", utf8("a"), "unreadable"],
    ["more than can be laid out", "text/plain", new Uint8Array(1024 * 1024 + 1).fill(0x61), "size"],
    ["nothing but hidden characters", "text/plain", new Uint8Array(4096), "unreadable"],
    ["hidden characters inside JSON", "application/json", utf8(`"${"\u200B".repeat(2_001)}"`), "unreadable"],
  ])("is not shown with %s", (_, type, bytes, reason) => {
    expect(readDocument(type, bytes)).toEqual({ kind: "opaque", reason });
  });
});

describe("JSON", () => {
  it("is shown as text, with a byte order mark as a mark", () => {
    expect(readDocument("application/ld+json", utf8('\uFEFF{"a":1}'))).toMatchObject({ kind: "text", marks: 1 });
  });

  it("is shown as a form when it is one, and as text with a warning when it only says so", () => {
    const form = '{"form":"kodo:1","title":"申請書","fields":[{"label":"氏名","value":"道野\\u202e 遥"}]}';
    expect(readDocument("application/json", utf8(form))).toMatchObject({ kind: "form", marks: 1, encoding: "UTF-8" });
    const more = form.replace('"title"', '"hidden":"1,000,000円","title"');
    expect(readDocument("application/json", utf8(more))).toMatchObject({ kind: "text", notAForm: true });
    expect(readDocument("application/json", utf8('{"a":"b"}'))).not.toHaveProperty("notAForm");
  });

  it("is a form as such, not because of its type", () => {
    const form = utf8('{"form":"kodo:1","title":"申請書","fields":[{"label":"氏名","value":""}]}');
    expect(outcome("text/plain", form)).toBe("text");
    expect(outcome("application/json; charset=utf-16le", form)).toBe("document-broken");
  });

  it.each(["申請書", '{"a":1,}', '{"a":1} {"b":2}', ""])("that is none is refused: %s", (text) => {
    expect(outcome("application/json", utf8(text))).toBe("document-broken");
  });
});

describe("XML", () => {
  it("is shown as a tree, SVG and XHTML too, hidden characters counted behind their references as well", () => {
    const svg = utf8('<svg xmlns="http://www.w3.org/2000/svg"><title>&#x202E;a\u200B</title></svg>');
    expect(readDocument("image/svg+xml", svg)).toMatchObject({ kind: "xml", marks: 2 });
    expect(outcome("application/xhtml+xml", utf8("<html/>"))).toBe("xml");
    expect(outcome("text/xml", utf8("<a/>"))).toBe("xml");
  });

  it("with a document type is shown as text, and that is not well-formed is refused", () => {
    expect(outcome("application/xml", utf8("<!DOCTYPE a><a/>"))).toBe("text");
    expect(outcome("application/xml", utf8("<a><b></a>"))).toBe("document-broken");
  });

  it("in another encoding than its type says is refused", () => {
    expect(outcome("application/xml; charset=shift_jis", utf8("<a/>"))).toBe("document-mismatch");
    expect(outcome("application/xml; charset=utf-8", utf8("<a/>"))).toBe("xml");
  });

  it("of very many lines is shown as text, with the tree for the part that is signed", () => {
    const long = readDocument("application/xml", utf8(`<a>${"<b/>".repeat(6_000)}</a>`));
    expect(long).toMatchObject({ kind: "text", xml: { root: { name: "a" } } });
  });
});

const PNG = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52);
const ZIP = Uint8Array.of(0x50, 0x4b, 3, 4, 20, 0);
const DOS = Uint8Array.of(0x4d, 0x5a, 0x90, 0, 3, 0);

describe("a declared type is held against the octets", () => {
  it.each([
    ["application/pdf", utf8("%PDF-1.7\n"), "pdf"],
    ["application/pdf", utf8("<html>"), "document-mismatch"],
    ["application/pdf", PNG, "document-mismatch"],
    ["text/plain", utf8("%PDF-1.7\n"), "document-mismatch"],
    ["text/plain", utf8("\uFEFF \n%PDF-1.7\n"), "document-mismatch"],
    ["text/plain", utf8("see %PDF-1.7"), "text"],
    ["text/plain", PNG, "document-mismatch"],
    ["application/json", ZIP, "document-mismatch"],
    ["application/xml", DOS, "document-mismatch"],
    ["text/plain", utf8("MZ and BM are initials"), "text"],
    ["text/plain", utf8("BM 0000000"), "text"],
    ["image/png", utf8("GIF89a"), "document-mismatch"],
    ["image/png", utf8("<svg/>"), "document-mismatch"],
    ["image/x-icon", PNG, "document-mismatch"],
    ["image/x-icon", Uint8Array.of(0, 0, 1, 0), "opaque: type"],
    ["image/bmp", utf8("text"), "document-mismatch"],
    ["application/zip", ZIP, "opaque: type"],
    ["application/zip", utf8("%PDF-1.7"), "document-mismatch"],
    ["application/vnd.openxmlformats-officedocument.wordprocessingml.document", ZIP, "opaque: type"],
    ["application/vnd.openxmlformats-officedocument.wordprocessingml.document", utf8("hello"), "document-mismatch"],
    ["application/octet-stream", utf8("%PDF-1.7"), "opaque: type"],
    ["application/octet-stream", utf8("text"), "opaque: type"],
    ["", utf8("text"), "opaque: type"],
    ["nonsense", PNG, "opaque: type"],
    ["constructor", utf8("text"), "opaque: type"],
  ])("%s: %j", (type, bytes, expected) => {
    expect(outcome(type, bytes)).toBe(expected);
  });
});

describe("a digest", () => {
  it("is written in groups", () => {
    expect(groupDigest("9f2c41aa07be")).toBe("9f2c 41aa 07be");
  });

  it("and marks are counted", () => {
    expect(
      marksIn([
        { kind: "text", text: "a" },
        { kind: "mark", code: "U+200B" },
      ]),
    ).toBe(1);
  });
});
