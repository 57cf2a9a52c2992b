/** A holder of a test card, as the signing certificate tells about them. Every name and place is invented. */
export interface Person {
  /** Family and given name with an ideographic space between, as residence records have it. */
  readonly name: string;
  /** One digit per character of `name`: 1 where a substitute stands for a character outside the standard set. */
  readonly nameSubstituted: string;
  /** 1 male, 2 female, 3 other. */
  readonly sex: "1" | "2" | "3";
  /** `EYYYYMMDD`: era (1 Meiji … 5 Reiwa, 0 unknown), year of the common era, month and day; `00` where unknown. */
  readonly birth: string;
  readonly address: string;
  /** As `nameSubstituted`, for `address`. */
  readonly addressSubstituted: string;
  /** Prefecture and city in the subject, in Latin letters. */
  readonly prefecture: string;
  readonly city: string;
  /** Which generation of the test authority issued the certificates that are valid now. */
  readonly generation: 1 | 2;
  /** Under-fifteens get no signing certificate. */
  readonly underFifteen: boolean;
}

/** `0` for each character of `text`, `1` for those in `substitutes`. */
function flags(text: string, substitutes = ""): string {
  return Array.from(text, (character) => (substitutes.includes(character) ? "1" : "0")).join("");
}

const place = { prefecture: "Aozora-ken", city: "Aozora-shi", generation: 2, underFifteen: false } as const;
const plain = "青空県青空市若葉一丁目２番３号";
const rare = "青空県青空市高崎町４番地５";
const building = "青空県青空市大字若葉字日当たりの丘一丁目２３４５番地の６７８９";
// exactly 200 characters, the most that a certificate holds
const long =
  building +
  "みどりと風のまち第三住宅団地中央棟東側部分".repeat(8).slice(0, 200 - building.length - 6) +
  "１２０３号室";

/** Everybody who can hold a virtual card. `ordinary` is who does when nobody is named. */
export const PEOPLE = {
  ordinary: {
    ...place,
    name: "青空　さくら",
    nameSubstituted: flags("青空　さくら"),
    sex: "2",
    birth: "419900403",
    address: plain,
    addressSubstituted: flags(plain),
  },
  /** Written 𠮷髙 and 髙﨑町 in the register; the certificate holds substitutes. */
  substituted: {
    ...place,
    name: "吉高　桜太郎",
    nameSubstituted: flags("吉高　桜太郎", "吉高"),
    sex: "1",
    birth: "319751120",
    address: rare,
    addressSubstituted: flags(rare, "高崎"),
  },
  "latin-script": {
    ...place,
    name: "LINDQVIST ANNA MARGARETA",
    nameSubstituted: flags("LINDQVIST ANNA MARGARETA"),
    sex: "3",
    birth: "419960229",
    address: plain,
    addressSubstituted: flags(plain),
  },
  /** Neither era, month nor day is known; the certificates come from the older generation of the authority. */
  "birth-unknown": {
    ...place,
    generation: 1,
    name: "若葉　一",
    nameSubstituted: flags("若葉　一"),
    sex: "1",
    birth: "019500000",
    address: plain,
    addressSubstituted: flags(plain),
  },
  "long-address": {
    ...place,
    name: "日向　のぞみ",
    nameSubstituted: flags("日向　のぞみ"),
    sex: "2",
    birth: "420001231",
    address: long,
    addressSubstituted: flags(long),
  },
  child: {
    ...place,
    underFifteen: true,
    name: "青空　そら",
    nameSubstituted: flags("青空　そら"),
    sex: "1",
    birth: "520200505",
    address: plain,
    addressSubstituted: flags(plain),
  },
} as const satisfies Record<string, Person>;

/** One of {@link PEOPLE}. */
export type PersonId = keyof typeof PEOPLE;

/** The ids of {@link PEOPLE}, the ordinary one first. */
export const PERSON_IDS = Object.keys(PEOPLE) as [PersonId, ...PersonId[]];
