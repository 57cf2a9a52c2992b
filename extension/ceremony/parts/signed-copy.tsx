import { useEffect, useState } from "preact/hooks";
import { LIMITS } from "../../../shared/limits.ts";
import { formatBytes, formatDate } from "../../locales/languages.ts";
import { text, useSpeech } from "../../locales/text.tsx";
import type { SignedFile } from "../ceremony-state.ts";
import { useWindow } from "../window-context.ts";
import { Icon } from "./icon.tsx";
import { SiteWords } from "./words.tsx";

/** A file name for the resident's disk: nothing in it that a file system or a reader could take for something else. */
function safeName(name: string): string {
  return name.replaceAll(/[\p{Cc}\p{Cf}\\/:*?"<>|]/gu, "_").replace(/^\.+/, "_");
}

/** One signed file, which can be saved whatever the page does with its own copy. */
export function SignedCopy({ signed, at }: { signed: SignedFile; at: number }) {
  const { language } = useSpeech();
  const { isInert } = useWindow();
  const [address, setAddress] = useState<string>();
  useEffect(() => {
    const made = URL.createObjectURL(new Blob([signed.file], { type: signed.type }));
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [signed]);
  return (
    <li>
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
        <span class="vh">
          <SiteWords words={signed.name} limit={LIMITS.documentNameCharacters} />{" "}
        </span>
        <span>{text("action.save")}</span>
      </a>
    </li>
  );
}
