import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import { plain } from "../../locales/languages.ts";
import { text, useSpeech } from "../../locales/text.tsx";
import { dockOf } from "../ceremony-screen.ts";
import { useWindow } from "../window-context.ts";
import { Dock } from "./dock.tsx";
import { Header, HelpPanel } from "./header.tsx";
import { Steps } from "./steps.tsx";

/** Above everything, wherever a test card may be on the reader: nothing here can pass as real. */
function TestBanner() {
  const { language } = useSpeech();
  return (
    <aside class="test" aria-label={plain(language, "test.label")}>
      <b lang="en">TEST CARD</b>
      <span>{text("test.banner")}</span>
    </aside>
  );
}

/** The heading of a step; gets the focus when the step begins. */
export function StepTitle({ children }: { children: ComponentChildren }) {
  return (
    <h1 id="step-title" tabIndex={-1}>
      {children}
    </h1>
  );
}

/** The skeleton of every screen: header, road, body, dock. */
export function Frame(props: {
  actions: ComponentChildren;
  stacked?: boolean;
  largeSeal?: boolean;
  setup?: boolean;
  children: ComponentChildren;
}) {
  const { state, notice } = useWindow();
  const [helpOpen, setHelpOpen] = useState(false);
  const { stacked = false, setup = false, largeSeal = false } = props;
  return (
    <>
      {state.test && <TestBanner />}
      <Header largeSeal={largeSeal} setup={setup} helpOpen={helpOpen} onHelp={() => setHelpOpen(!helpOpen)} />
      {!setup && <Steps state={state} />}
      <main>
        {helpOpen && <HelpPanel />}
        {props.children}
      </main>
      <Dock status={dockOf(state)} notice={notice} stacked={stacked}>
        {props.actions}
      </Dock>
    </>
  );
}
