import { describe, expect, it } from "vitest";
import { usePlayedBridge } from "./played-bridge.ts";

const bridge = usePlayedBridge();

describe("a page that replaces what it was given", () => {
  it("does not change a call", async () => {
    expect(
      await bridge().run(`(async () => {
        const { apply } = Reflect;
        const { then } = Promise.prototype;
        const { defineProperty, getOwnPropertyDescriptor } = Object;
        const { EventTarget, MessageChannel, MessagePort, MessageEvent } = window;
        const replaced = [];
        let touched = "";
        const spoil = (owner, names, make = (name) => ({ value() { touched += name + " "; throw new Error(name); } })) => {
          for (const name of names) {
            replaced[replaced.length] = [owner, name, getOwnPropertyDescriptor(owner, name)];
            defineProperty(owner, name, { __proto__: null, configurable: true, ...make(name) });
          }
        };
        const trap = (name) => ({ get() { touched += name + " "; }, set() { touched += name + " "; } });

        const answered = { fine: true };
        const { postMessage } = MessagePort.prototype;
        globalThis.answer = (port) => apply(postMessage, port, [{ type: "result", result: answered }]);
        const sent = { format: "pkcs1", purpose: "p", documents: [{ name: "n", data: "d" }], signal: new AbortController().signal };
        spoil(window, ["TypeError", "DOMException", "Blob", "AbortController", "AbortSignal", "MessageChannel", "setTimeout", "atob"]);
        spoil(window, ["postMessage", "Uint8Array", "Promise", "EventTarget"]);
        spoil(Reflect, ["apply", "construct"]);
        spoil(Object, ["defineProperty", "defineProperties", "getOwnPropertyDescriptor"]);
        spoil(Function.prototype, ["call", "apply", "bind"]);
        spoil(RegExp.prototype, ["exec", "test"]);
        spoil(String.prototype, ["toWellFormed"]);
        spoil(EventTarget.prototype, ["addEventListener"]);
        spoil(MessagePort.prototype, ["start", "postMessage", "close"]);
        spoil(MessageChannel.prototype, ["port1", "port2"], trap);
        spoil(MessageEvent.prototype, ["data"], trap);
        spoil(Array.prototype, ["push", "map", "forEach"]);
        spoil(Array.prototype, ["0", "1"], trap);
        spoil(Object.prototype, ["reason", "get", "set", "call", "acknowledged"], trap);
        const signing = navigator.jpki.sign(sent);
        const before = touched;
        for (let at = replaced.length - 1; at >= 0; at--) {
          const { 0: owner, 1: name, 2: descriptor } = replaced[at];
          if (descriptor) defineProperty(owner, name, descriptor); else delete owner[name];
        }
        return [await apply(then, signing, [(value) => value.fine]), before];
      })()`),
    ).toEqual([true, ""]);
  });
});
