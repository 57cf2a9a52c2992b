import { describe, expect, it } from "vitest";
import { CHALLENGE, usePlayedBridge } from "./played-bridge.ts";

const bridge = usePlayedBridge();

describe("a challenge", () => {
  it.each([
    [CHALLENGE, "fulfilled arrived"],
    ["A".repeat(128), "fulfilled arrived"],
    [`${"A".repeat(42)}==`, "TypeError"],
    ["A".repeat(40), "TypeError"],
    ["A".repeat(132), "TypeError"],
    [`${"A".repeat(42)}B=`, "TypeError"],
    ["-_".repeat(22), "TypeError"],
    [` ${CHALLENGE}`, "TypeError"],
    ["A".repeat(43), "TypeError"],
  ])("%j: %s", async (challenge, expected) => {
    expect(await bridge().endOf("authenticate", `{ challenge: ${JSON.stringify(challenge)} }`)).toBe(expected);
  });

  it("as a function is called late, with a signal, and its answer travels as text", async () => {
    expect(
      await bridge().run(`(async () => {
        calls.length = 0;
        let said;
        globalThis.answer = (port) => {
          port.onmessage = ({ data }) => { said = data; port.postMessage({ type: "result", result: "done" }); };
          setTimeout(() => port.postMessage({ type: "challenge-request" }), 50);
        };
        let calledAt, signal, receiver = "none", count = 0;
        const login = navigator.jpki.authenticate({
          challenge: async function (given) { "use strict"; receiver = this; signal = given; calledAt = calls.length; return \`late \${++count}\`; },
        });
        const before = calledAt;
        const ended = await outcome(login);
        globalThis.answer = undefined;
        return { before, calledAt, sent: calls[0].challenge, said, ended, receiver, aborted: signal.aborted, is: signal instanceof AbortSignal };
      })()`),
    ).toEqual({
      calledAt: 1,
      sent: null,
      said: { type: "challenge", challenge: "late 1" },
      ended: "fulfilled done",
      aborted: true,
      is: true,
    });
  });

  it.each([
    ["throws", "() => { throw new Error(); }"],
    ["rejects", "async () => { throw new Error(); }"],
    ["gives a symbol", "() => Symbol()"],
  ])("whose function %s has failed", async (_kind, challenge) => {
    expect(
      await bridge().run(`(async () => {
        let said;
        globalThis.answer = (port) => {
          port.onmessage = ({ data }) => { said = data; port.postMessage({ type: "error", reason: "dismissed" }); };
          port.postMessage({ type: "challenge-request" });
        };
        const ended = await outcome(navigator.jpki.authenticate({ challenge: ${challenge} }));
        globalThis.answer = undefined;
        return [said, ended];
      })()`),
    ).toEqual([{ type: "challenge-failed" }, "NotAllowedError/dismissed"]);
  });
});

describe("a timestamp", () => {
  const stamped = (timestamp: string) =>
    bridge().run(`(async () => {
      const said = [];
      globalThis.answer = (port) => {
        port.onmessage = ({ data }) => { said.push(data); port.postMessage({ type: "result", result: "done" }); };
        port.postMessage({ type: "timestamp-request", request: new Uint8Array([1, 2]).buffer });
      };
      const given = [];
      const documents = [{ name: "n", data: "d" }];
      const ended = await outcome(navigator.jpki.sign({ format: "cades", documents, timestamp: ${timestamp} }));
      globalThis.answer = undefined;
      const { type, response } = said[0];
      return [ended, type, response ? Array.from(new Uint8Array(await response.arrayBuffer())) : null, given];
    })()`);

  it.each([
    ["an ArrayBuffer", "new Uint8Array([3]).buffer"],
    ["a part of one", "new Uint8Array([9, 3, 9]).subarray(1, 2)"],
    ["a DataView", "new DataView(new Uint8Array([3]).buffer)"],
  ])("is asked of the page's function, with the request and a signal, and may be %s", async (_kind, response) => {
    const timestamp = `async function (request, signal) {
      "use strict";
      given.push(this === undefined, Array.from(new Uint8Array(request)), signal instanceof AbortSignal, arguments.length);
      return ${response};
    }`;
    expect(await stamped(timestamp)).toEqual(["fulfilled done", "timestamp", [3], [true, [1, 2], true, 2]]);
  });

  it.each([
    ["throws", "() => { throw new Error(); }"],
    ["gives a text", `() => "stamp"`],
    ["gives a Blob", "() => new Blob()"],
  ])("whose function %s has failed", async (_kind, timestamp) => {
    expect(await stamped(timestamp)).toEqual(["fulfilled done", "timestamp-failed", null, []]);
  });
});

describe("a signal", () => {
  it("that is aborted already rejects with its own reason, after conversion and before support", async () => {
    expect(
      await bridge().run(`(async () => {
        calls.length = 0;
        const reason = { mine: true };
        const signal = AbortSignal.abort(reason);
        const document = { name: "n", data: "d" };
        const rejected = await Promise.all([
          navigator.jpki.authenticate({ challenge: "${CHALLENGE}", signal }),
          navigator.jpki.sign({ signal, format: "unknown", documents: [document, document] }),
          navigator.jpki.readAttributes({ signal, attributes: ["shoe size"], purpose: "p" }),
        ].map((promise) => promise.catch((error) => error === reason)));
        const broken = await outcome(navigator.jpki.sign({ signal, documents: [] }));
        return [rejected, broken, calls.length];
      })()`),
    ).toEqual([[true, true, true], "TypeError", 0]);
  });

  it("that aborts later rejects at once with the same reason, and the bridge is told", async () => {
    expect(
      await bridge().run(`(async () => {
        let said;
        const told = new Promise((resolve) => {
          globalThis.answer = (port) => { port.onmessage = ({ data }) => resolve(data); };
        });
        const controller = new AbortController();
        controller.signal.addEventListener("abort", (event) => event.stopImmediatePropagation());
        const login = navigator.jpki.authenticate({ challenge: "${CHALLENGE}", signal: controller.signal });
        await new Promise((resolve) => setTimeout(resolve, 50));
        const reason = Symbol("mine");
        controller.abort(reason);
        const same = await login.catch((error) => error === reason);
        globalThis.answer = undefined;
        return [same, await told];
      })()`),
    ).toEqual([true, { type: "abort" }]);
  });

  it.each(["null", "{}", "new EventTarget()", "AbortSignal.prototype"])("%s is none", async (signal) => {
    expect(await bridge().endOf("authenticate", `{ challenge: "${CHALLENGE}", signal: ${signal} }`)).toBe("TypeError");
  });
});
