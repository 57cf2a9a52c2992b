import type { Approval } from "../../../shared/approval/approval.ts";
import { LIMITS } from "../../../shared/limits.ts";
import { plain } from "../../locales/languages.ts";
import { text, useSpeech } from "../../locales/text.tsx";
import { originName } from "../origin-name.ts";
import { Icon } from "./icon.tsx";
import { SiteWords } from "./words.tsx";

/** A whole origin, the registrable part strong. */
export function OriginName({ origin }: { origin: string }) {
  const { before, registrable } = originName(origin);
  return (
    <bdi lang="en" dir="ltr" class="host">
      {before}
      <b>{registrable}</b>
    </bdi>
  );
}

/** The organisation's name as it writes itself, with its reading or its English name beside it. */
export function OrganisationName({ organisation }: Pick<Approval, "organisation">) {
  const { language } = useSpeech();
  return (
    <>
      <bdi class="name" lang="ja">
        {organisation.ja}
      </bdi>
      {language === "en" ? (
        <bdi lang="en">{organisation.en}</bdi>
      ) : (
        <span>{text("who.reading", { reading: organisation.reading })}</span>
      )}
    </>
  );
}

/** Who asks, as the browser and the approval say it, and for what, in the site's own words. */
export function Who({ approval, purpose }: { approval: Approval; purpose?: string | undefined }) {
  const { language } = useSpeech();
  const { ascii } = originName(approval.origin);
  return (
    <section class="who" aria-label={plain(language, "who.label")}>
      <div>
        <p class="caption">{text("who.label")}</p>
        <p class="origin">
          <OriginName origin={approval.origin} />
        </p>
        {ascii !== undefined && <p class="small">{text("who.punycode", { ascii })}</p>}
        <p class="org">
          <OrganisationName organisation={approval.organisation} />
          <span class="tag ok">
            <Icon name="check" />
            {text("who.approved")}
          </span>
        </p>
      </div>
      {purpose !== undefined && (
        <blockquote class="quote">
          <p class="caption">{text("quote.purpose")}</p>
          <p>
            {language === "en" ? "“" : "「"}
            <SiteWords words={purpose} limit={LIMITS.purposeCharacters} />
            {language === "en" ? "”" : "」"}
          </p>
        </blockquote>
      )}
    </section>
  );
}

/** One line that says again who asks, while the PIN is typed. */
export function WhoLine({ approval }: { approval: Approval }) {
  const { language } = useSpeech();
  const { organisation, origin } = approval;
  return (
    <p class="origin-line">
      <span class="vh">{plain(language, "who.label")}：</span>
      <bdi lang={language === "en" ? "en" : "ja"}>{language === "en" ? organisation.en : organisation.ja}</bdi>{" "}
      <OriginName origin={origin} />
    </p>
  );
}
