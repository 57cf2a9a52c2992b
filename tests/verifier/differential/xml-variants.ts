/** A way of changing a signed XML file, where it can be; what is changed is the text, never the mathematics. */
type Change = (text: string) => string | undefined;

const replaced =
  (from: RegExp | string, to: string): Change =>
  (text) => {
    const changed = text.replace(from, to);
    return changed === text ? undefined : changed;
  };
const SIGNATURE = /<((?:\w+:)?)Signature[ >].*<\/\1Signature>/s;
const END = /<\/((?:\w+:)?)Signature>/;
const START = /<((?:\w+:)?)SignedInfo(?=[ >])/;
const intoSignature = (contents: string): Change => replaced(END, `<$1Object>${contents}</$1Object></$1Signature>`);
/** The answer itself: the same letters can stand in base64 by chance. */
const YES = /(?<=>)yes(?=<)/;
const ANSWERS = /<answers Id="a">yes<\/answers>/;
const inElement = (name: string, how: (letter: string) => string): Change => {
  const place = new RegExp(`(<(?:\\w+:)?${name}(?: [^>]*)?>\\s*)([^<\\s])`);
  return (text) => {
    const found = place.exec(text);
    return found?.[2] ? text.replace(place, `$1${how(found[2])}`) : undefined;
  };
};
const another = (letter: string): string => (letter === "A" ? "B" : "A");

/** Every change, by its name: what is published about XML signatures, and what programs read differently. */
export const XML_CHANGES: Readonly<Record<string, Change>> = {
  "an answer changed": replaced(YES, "no"),
  "a digest changed": inElement("DigestValue", another),
  "the value changed": inElement("SignatureValue", another),
  "the value taken out": replaced(/(<(?:\w+:)?SignatureValue[^>]*>)[^<]*/, "$1"),
  "the certificate changed": replaced(/(<(?:\w+:)?X509Certificate>\s*.{300})./s, "$1!"),
  "the certificate taken out": replaced(/<((?:\w+:)?)X509Data>.*<\/\1X509Data>/s, ""),
  "another method named": replaced("xmldsig-more#rsa-sha256", "xmldsig-more#rsa-sha512"),
  "HMAC named": replaced(
    "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256",
    "http://www.w3.org/2000/09/xmldsig#hmac-sha1",
  ),
  "another digest named": replaced("xmlenc#sha256", "xmlenc#sha512"),
  "a reference taken out": replaced(/<((?:\w+:)?)Reference[ >].*?<\/\1Reference>/s, ""),
  "all references taken out": replaced(/<((?:\w+:)?)Reference[ >].*<\/\1Reference>/s, ""),
  "a reference to nothing": replaced(/URI="[^"]*"/, 'URI="#nothing"'),
  "something in front": replaced(/(<(?:form|DOC)[^>]*>)/, "$1<evil/>"),
  "something behind": replaced(/<\/(form|DOC)>/, "<evil/></$1>"),
  "an attribute at the root": replaced(/<(form|DOC)/, '<$1 evil="1"'),
  "an unsigned Object": intoSignature("<answers>no</answers>"),
  "the signed part in an Object, another in its place": (text) =>
    text.includes('<answers Id="a">yes</answers>')
      ? intoSignature("$SIGNED")(text.replace(ANSWERS, "<answers>no</answers>"))?.replace(
          "$SIGNED",
          '<answers Id="a">yes</answers>',
        )
      : undefined,
  "the document around another": (text) => (text.startsWith("<form") ? `<outer>${text}</outer>` : undefined),
  "the signed document in an Object of its Signature": (text) => {
    const signature = SIGNATURE.exec(text)?.[0];
    if (!signature || !text.includes("<form")) return undefined;
    const form = text.replace(signature, "").replace(/^<\?.*?\?>/, "");
    const around = intoSignature("$FORM")(signature)?.replace("$FORM", () => form);
    return `<form><answers>no</answers>${around ?? ""}</form>`;
  },
  "an evil part in front of the signed one": replaced(ANSWERS, "<answers>no</answers>$&"),
  "an evil part around the signed one": replaced(ANSWERS, "<answers>no$&</answers>"),
  "one ID twice, the evil one in front": replaced(ANSWERS, '<answers Id="a">no</answers>$&'),
  "one ID twice, the evil one behind": replaced(ANSWERS, '$&<answers Id="a">no</answers>'),
  "a comment in the text": replaced(YES, "y<!-- -->es"),
  "a comment in DigestValue": replaced(/(<(?:\w+:)?DigestValue>)/, "$1<!-- -->"),
  "a comment in X509Certificate": replaced(/(<(?:\w+:)?X509Certificate>)/, "$1<!-- -->"),
  "an instruction in the text": replaced(YES, "y<?x?>es"),
  "CDATA for text": replaced(YES, "<![CDATA[yes]]>"),
  "a character reference for a letter": replaced(YES, "&#121;es"),
  "white space in a start tag": replaced("<amount>", "<amount  >"),
  "white space in the text": replaced(YES, "yes "),
  "a style sheet in front": (text) => (text.startsWith("<?xml ") ? undefined : `<?xml-stylesheet href="x"?>${text}`),
  "a comment in front": (text) => (text.startsWith("<?xml ") ? undefined : `<!-- x -->${text}`),
  "a document type": (text) => {
    const root = /<([\w:]+)/.exec(text)?.[1];
    return text.startsWith("<?") || root === undefined ? undefined : `<!DOCTYPE ${root}>${text}`;
  },
  "an entity for the answer": (text) =>
    text.startsWith("<form") ? `<!DOCTYPE form [<!ENTITY e "yes">]>${text.replace(">yes<", ">&e;<")}` : undefined,
  "an unknown attribute in SignedInfo": replaced(START, '<$1SignedInfo evil="1"'),
  "the Signature twice": replaced(SIGNATURE, "$&$&"),
  "no Signature": replaced(SIGNATURE, ""),
  "text behind the root": (text) => `${text.trimEnd()}x`,
  "cut off": (text) => text.trimEnd().slice(0, -1),
  "a signed time changed": replaced(/(SigningTime>)2026/, "$12025"),
  "another certificate's digest": replaced(/(CertDigest>.*?DigestValue>)./s, "$1-"),
  "the qualifying properties taken out": replaced(/<((?:\w+:)?)Object><xades:.*?<\/\1Object>/s, ""),
  "their Type taken out": replaced(/ Type="http:\/\/uri\.etsi\.org[^"]*"/, ""),
  "the timestamp taken out": replaced(/<xades:UnsignedProperties>.*<\/xades:UnsignedProperties>/s, ""),
  "the timestamp changed": replaced(/(EncapsulatedTimeStamp[^>]*>.{400})./s, "$1-"),
};
