import { useEffect, useState } from "preact/hooks";
import type { CeremonyRecord } from "../../../shared/approval/ceremony-record.ts";
import { LIMITS } from "../../../shared/limits.ts";
import { formatBytes, formatDate } from "../../locales/languages.ts";
import { text, useSpeech } from "../../locales/text.tsx";
import type { Phase, SignedFile } from "../ceremony-state.ts";
import { Button } from "../parts/button.tsx";
import { Frame, StepTitle } from "../parts/frame.tsx";
import { Icon } from "../parts/icon.tsx";
import { SiteWords } from "../parts/words.tsx";
import { useWindow } from "../window-context.ts";

/** A file name for the resident's disk: nothing in it that a file system or a reader could take for something else. */
function safeName(name: string): string {
  return name.replaceAll(/[\p{Cc}\p{Cf}\\/:*?"<>|]/gu, "_").replace(/^\.+/, "_");
}

/** One signed file, which can be saved whatever the page does with its own copy. */
function Copy({ signed, at }: { signed: SignedFile; at: number }) {
  const { language } = useSpeech();
  const { isInert } = useWindow();
  const [address, setAddress] = useState<string>();
  useEffect(() => {
    const made = URL.createObjectURL(new Blob([signed.file], { type: signed.type }));
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [signed]);
  return (
    <>
      <div class="file">
        <Icon name="file" />
        <div>
          <p class="name">
            <SiteWords words={signed.name} limit={LIMITS.documentNameCharacters} />
          </p>
          <p class="small support">
            {text("done.file", { size: formatBytes(signed.file.length), date: formatDate(language, at) })}
          </p>
        </div>
      </div>
      <a
        class="button outline md"
        data-action="save"
        href={address}
        download={safeName(signed.name)}
        onClick={(event) => {
          if (isInert()) event.preventDefault();
        }}
      >
        <Icon name="save" />
        <span>{text("action.save")}</span>
      </a>
    </>
  );
}

/** The result is with the page already; here it is only said, and the resident's own copy offered. */
export function Done(props: { record: CeremonyRecord; phase: Extract<Phase, { name: "done" }> }) {
  const { act, site } = useWindow();
  const { language } = useSpeech();
  const { files, validity, at } = props.phase;
  const { operation } = props.record;
  const date = validity && formatDate(language, validity.notAfter);
  return (
    <Frame
      actions={
        <Button action="close" look="solid" onPress={() => act("close")}>
          {text("action.return", { site })}
        </Button>
      }
    >
      <div class="hero">
        <svg class="seal-of-success" viewBox="0 0 88 88" aria-hidden="true" focusable="false">
          <circle class="soft" cx="44" cy="44" r="42" fill="#e6f5ec" />
          <circle cx="44" cy="44" r="31" fill="#197a4b" />
          <path
            d="m30 45 10 10 19-21"
            fill="none"
            stroke="#fff"
            stroke-width="6"
            stroke-linecap="round"
            stroke-linejoin="round"
          />
        </svg>
        <StepTitle>{text(`done.${operation}.title`)}</StepTitle>
        <p>{text(`done.${operation}.text`, { site })}</p>
      </div>
      {files.length > 0 && (
        <section class="stack" aria-labelledby="copy-title">
          <h2 id="copy-title">{text("done.copy")}</h2>
          {files.map((signed) => (
            <Copy key={signed.name} signed={signed} at={at} />
          ))}
        </section>
      )}
      {validity?.verdict === "soon" && date !== undefined && (
        <div class="note info">
          <Icon name="info" />
          <p>{text("done.soon", { date })}</p>
        </div>
      )}
      {validity?.verdict === "valid" && date !== undefined && operation === "sign" && (
        <p class="small support">{text("done.valid", { date })}</p>
      )}
    </Frame>
  );
}
