import { expect, it } from "vitest";
import { encodeHex } from "../../shared/encoding/hex.ts";
import { loginInput } from "./login-input.ts";

it("is what a Web eID validator expects under the signature", () => {
  const input = loginInput("https://forms.example.go.jp", "MTIzNDU2Nzg5MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTI=");
  expect(encodeHex(input)).toBe(
    "3031300d060960864801650304020105000420" + "ad6aa8ae917dddc5e0e6410b47300bf165b9643a338038c3981a92c71a2c329e",
  );
});

it("differs with origin and challenge, and does not mix them up", () => {
  const inputs = [
    loginInput("https://a.example", "bc"),
    loginInput("https://a.exampleb", "c"),
    loginInput("https://a.example", "bd"),
  ];
  expect(new Set(inputs.map(encodeHex)).size).toBe(3);
});
