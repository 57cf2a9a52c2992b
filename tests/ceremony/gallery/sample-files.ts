import { decodeBase64 } from "../../../shared/encoding/base64.ts";

/** Documents of the gallery that are no text. */

const CARD = [
  "iVBORw0KGgoAAAANSUhEUgAAAeAAAAEsCAMAAAAsIJBoAAAABGdBTUEAALGPC/xhBQAAACBjSFJNAAB6JgAAgIQAAPoAAACA6AAAdTAAAOpgAAA6mAAAF3",
  "CculE8AAAAGFBMVEX+/PTU2c+jsKVOlnEhflEZektbW1k0NDS0HvWAAAAAB3RJTUUH6gsYDzQbo2WhAwAAERZJREFUeNrtnYuWrCgMRU2w8P//eOQdHqJU",
  "9ay+lT5nzbpjqUXZbBNCBNw2CIIgCIIgCII+FrHZX9DXaTdMD+ia375O6BMZAl7lmiHm37446CfE4KtcPOf7pKmG/kURzwjzlD70HbqmSOEIrPfLdckxxM",
  "+/fXnQ5/IgTbuXYL9aNEZp0P6qEY9MGA5akQYwCQasSNz7aEYLrEgDczXw0JrUN8I7AGuSo7l3ewBYjXqcAKxKAKxcAKxcAKxcAKxcAKxcAKxcbwIepjKJ",
  "5sfvvn8vevy952denb9awj+qBcBUUppm+DRiLynsfZ8/rtj3d6qPHrsW2tfS6dSl3+n11iX+c1oAbNyA+fTHj04olcrjE7LqAtL4sHMf71Km+9pTwCbnXw",
  "fjQ8ejlOiyiK/WigW7aSzeMuvpLLkeCuDGwkUlU9xhqoKj0mihpmQaDAedV76A8zZgJYTX2mD2f/T5z6mX/9eImsmAz0pNRkjxc9L+AFS8PcpdwFHnj6WN",
  "ad1L98rtqeYpYFLx1HQ1yDpDj1C7HCxB1l8CTIJiqqLkXY1Hn2+AIahYToemuGieA5YM3wd89yvfofUomkPTuHvrqxrTBNiknaKGKG4ad06uY39CuR3289",
  "4wlMoM387+W3gN48IBcznzpooAPgB8Xtn3j2xZBcwcujjOTZ9VRyY1qsVmTWrmZCjLAnAA4AD5vUYEVeyMO57KvpRRA3zdlsbfEEf4tTfKR69Lbi76m7UC",
  "mFwj6I3jhLgT7cNQxjWUgaxsKVOlO8Chil8vGtWgR0zyK+ICnrnoyhonQdYt4OdR+7+rx4A93RMfh5mljsFJeE+zl4jcbJjzX8c32CjLnqRJ7bOj6rajA+",
  "4dozdZQ+8Drg9OXDRl7eE3s9K5Cnz0c8CRrjeJmMbw3ng3JXam5FhP46XKh5YiKYTORrjv0k3yB5j3EKyXgle6SfWN8aQNvpzjocBHP3fRJtWLMaWGXN84",
  "RTQmVLuvJm8TonJI9paF9lCNwjN64/dNe27Bqesm8Wza4zpg49qVUUT/pwBvY1MqXrYyLH4Nk1XsboO99JTM4CeK3bYHn7WJdZZyEmSJU5y7eY1Me56R+w",
  "ItAjZcyYgzvevO/Z/9Va0gkDJUnELssW244K2EzpNE1muShHg1gG+j7/OqyUf/HU0FUdYq4OsKMM42cgB83gqvEmRRorqnm0AWVdrg8H12DyNK2048cNHX",
  "TrqBcu+iHVjfDx446b8H+NKCz1b29I2+Oim0xq4dLt3kQJUNmx5waYNDgHb1HOeZQS0C9o0ChU5by/7vWfBll9HBc43f2W8qiQ6T/PSeATfPE4a9ECPjs3",
  "Emy+viNmjb4Dng4FxCJsu0jv8PtsH1DnGH77uvWb9yWq56n7UIN4YA7ODsPtl4wYj36dOg6d3RA55+L2ZrYqqydR7056LoS8CO3R7cXNUPMrvv8BgJuHPR",
  "Kb4Nn87WlT7JMLTdpBlgl6uhLQNOHy//4O/TT7lo7559ooOoPCyMlXla6hRwVZY/ifj0BbmqiXtd/0k9lfT0oR+2kYCmhw0NYfOHMlmhopogi6vcYfSNou",
  "GKFUR0A9iftbsgy8VpKWs9c9MTy+obzlRUN1M248xPk2iXFq7gifAPuWjP9hKw2zcJsgRgUwCTHAFkbi6kUuff046aV0ypV/fN7gnvOdfy9THWT3WT2GzP",
  "Ae9NkCUAn+0w52SJGFe1BLg9mrNjr5L83EKwTlsLOHXyqsv/Yv1YN2m7AWz8/XDnol8mfaJ6CNCCi27j6JLAKID9nj21H/5JGOfnSJxTaN9vwOsjOiinkL",
  "pc0hRwdskzwOwfNYbAbKfcCg88xxRwbcKldyvy3H1bM1ov7PsNeBVwehQc81R1BdxasM8vzgCH8R4B8CuP3Vl10VUrHB5Qpz9tBbCGFnhxREceNxsqwIiH",
  "wU4ZcN/npFLj/cjY7IF9vcfK9y1yseD6Su4AZ1754Ub804Ifps42B4B1DKpceOCfB3Q0+8quGeBdAG7HtucnelsaUBDRlyh6rQ1Oo0nCMmD9M63XYB7DoI",
  "uswEGvWDCX8TmiGlhMUpm4aKF+H9d7zN5w8T+90ga7r4QceOVhggt6NX4nHOkBGxV8l2Y23JWVHv2XMU2jCVw0mOd1V3CbuCJ+VvvPfaySqWa9lqNo6LsE",
  "wMoFwMoFwMoFwMoFwMoFwMoFwMoFwMoFwMoFwMoFwMoFwMoFwMoFwMoFwMoFwMoFwMoFwMoFwMoFwMoFwMoFwMoFwMoFwMoFwMoFwMoFwMoFwMoFwMoFwM",
  "oFwMoFwMoFwMoFwMoFwMoFwMoFwMoFwMoFwMoFwMoFwMr1JmC5auXDZQXjOuuDdaabs5bLhSZaB0zM9jiOsh7lYe9+hG1YpfTwq8mGr5aX9TavqjuOCNbe",
  "lgvdawGwQ2Ed28NKI7TH7QtfyQZoxiE74gvcj6i0YcXJ9igC5o+0ANi42rZn5Vco7SMQ55cktMNZ9bmXT6vOJ+STw6rdfHD9Om7oHS0BDq+sqABH2zz3zl",
  "tMG2iZI737QgA+jb+5a/rfgd7UCuBgo1XF22S4Dz1paVezi3Y+ueVLlbFDH2gdMBVbPSFFwuaBuRVqPtaydJZ0OmJfjm1i59PID0PWwkN/qo8AnwACnDsH",
  "nb4YGtUIWLTBVEzYuPJiE3zeNiD8oZba4BAun0F0fD1k7PzYO77x7AiRagvOvjq9EMAaPg746B/SYhQ9qng67uw34GtcdP7A7G4dezQ/RhsCrR/QuotuEx",
  "AuRuK7rjB5wNJFO6UNd7Qu1Tl+fyoIf6g3AJvK1qQ7vY6kI+C4PQJceYHsuC0If6g3AEu/6XNO6YO9AyxdtBGe/jzK5a45G2Gf7eJwCIQ/0huAiwU6vMzP",
  "Acsgi1K4lo6W3znIlN8jPHL4SG8ALiBPvLQtAJ61wUVur62sHXpfb/SDg48mG63uEWDXkaIO2hBwKN11hA/kOT7XWi7aPykkn5fMUJ4AdsnIzhRPhPYUN4",
  "BjKWRvu9fQAz0GHB/hWffORteJyVz5SK+MvATs6DqDLG+XpPhwyfonjxJwdOAxQWZhwR/qMWDf283vez3ZGLF9002yIaoSDwydoabi6myVv3HOM/0LQn0U",
  "99tV9N16c8iOeP0nZ6zm7p2vYzUZEg827yGGDX8kDLpTLgBWLgBWLgBWLgBWLgBWLgBWLgBWLgBWLgBWLgBWLgBWLgBWLgBWLgBWLgBWLgBWLgBWLgBWLg",
  "BWrn8JMGap/A96DJjSihppaLPc+8ksk7hSll+gyWw/VSoU9dyC45pG9YR8Ospg9rdQcJwlauX84o9LhbKeWzBVq1ZRAlyGLUsU7JB1myORn/Jk8z/rpa5s",
  "/j09BUzN5IU5YDcx1OY5KGxnZujnqji2Zd7xUqkrm39Q7wZZc8D+Pggr54jNCzm41sYJLttyqSubf1DLbXD6lACPwqHQcHrTFJsjVesbZg+xUurK5l/Uch",
  "SdPwbWLJTpxxVzHC2xOVK4a8IKp+IOWih1ZfMvat1Fp+j2xuluoWrF5qXMwW4y8B2Bcakrm39Ryy6aRDfp6BROPUqdHrfV61e5OylwCnXXSl3Z/ItaT3SE",
  "xsy7aJ+gOKQ/DeeuVG+Y5B2i6DDfe61UAJ5r2UW30crIsz6v3rgQBzHHtjhO6X9eKgDP9XwJhxjkNoBZLMzQhkO+BTzknk7NupTJWhdKXdn8i1oA7Nbz7g",
  "DLfk5ZhXYhhg3heIiEcgkLpSKKnmsB8OaXa8iAW18q4uqVXugQ8EKp6AfP9TbglOmg6oSohTzSMKmxUioyWVN9CrhILqK0kAkeWvBKqchFT7UcZCUKcs3Z",
  "sLRztVzs86dJfoFDv3h/40afloqnSTOtBVnOddo2+Im73gxirh/uf1IqlPQ80VGS/t3i3zR/L9ZUJBazM7UFf1AqlPQvjcmC/gcBsHIBsHIBsHIBsHIBsH",
  "IBsHIBsHIBsHIBsHIBsHIBsHIBsHIBsHIBsHIBsHIBsHIBsHIBsHIBsHItAr5eyuqDVznTYFDrrDT+s2Ng39AiYO6mcKWR6WVWwrHFV7rn4ZdhTDWXEbJN",
  "Ee1iWDQfqD4fSztcHeDvahFw/w7oa8Ccxzr7d0gfJi1/1Uz0c0fFShx+RTTLRNXk4Pr82V9kr8ZZ9+UIvfdm3C/QY8Cj5VKq7TRNO1dZsPYAOAycP9LkUF",
  "kwhymAiQWbiJultRtbXgZeX4bbS0bMXSj3YJ5lIw5TWSqC5XJrAOwNSr6lnYU3pAKYQ72dDrkGbMu0pgpwrPDKJ0fA5Vw34d/mb8f3yWcDZ3c32QSuAywP",
  "s5gsUc1rA+BQJa3Pc4bBJlubqzvhot0ZEbBvlAdtcDYoK+q4BWzCBDW/g9KM/dJYkAkFUHMgrTYhDrsJUAB8CbibJe9n77rpY8FubQDslmRo2mD/Ivgwz8",
  "yt1CBKzD7BlBU6Totz/4Zf2FJU5XnlL3fRQLr7bPEy1TKIuQ0B4CvAMipJlen+dRMN/SxQ66qJUtuYfLUEHMspBZbQmtiXWn5BAA7VHxrrGH1FjiSuLl7T",
  "OMgC4Os9UXQUcwu1ZfOSsxXgbeCi3bEWMB226sdQXk6jcdHSK1Md7gl/nEzblF28dYcB+BKw7K7KZRGssyNfWzbszS46ncnBxLs2uOum5uURqQKcWt/I35",
  "Z/0/e4RNnlIstqEyyD8AIY3SSp01zTcoOpw3NaE8VVNCTg7KJ9fXIyQ3b9YHPIvi2xVETgaOSvh4UFDhua9HAhPWAW7ngAWB7e0E266gfz1rdu9mBR39Gu",
  "tz7R4c7g5MpLarIyoiOnTHyhspvkz8sevAcc+rfR/kdBVj4MF305w5+kccgFjzjvqAEbK4KsBNj9r2VTRWwuHAvGLgBvfm2BqoM0iKJNKO0qyIoMAfi6mz",
  "QAHPuvlACX+jVlYZXTi/vUR9huU8k1YPfp/C/lSQSF8PUUP+feULk6O/pCcxiAp4B72zhdX7bR7aiyWzab9nm0LJLXPSqoAVs7yGTFn5qsf5oLlgkQAF4F",
  "bNvWzeWF3AdhxmHl2OzQC/54vFuIuAJM+ZshBgrtLm8lhRUlElY2ZiTbBc/CdnV4A+AlFx0q3VCARjGepph5pnRmAXx2WNySSVWpIUMV82C+p9Q+bAgrXd",
  "U3hrDUM+q2Kdksk23phiuHXdSeV8REFN2pBZxC05hQNiG8CoYYeQnAnBZ2bx7j5aa5Lr2Kol1Ks74tqhXSbPp2lZ3MiZV8uHq1CPrBnY5SS8FiRbOWntPE",
  "fTmiyoB9IixlMmSp/TKS0bX6g1ePdPsn0/KKIr3pA3+46L5K8hsVwkZ+DQ5571cvXukhhZ1k5dn15uZcfPM75sFIjPG4HfEOntsBHfLe+WDA0T8uDLpTLg",
  "BWLgBWLgBWLgBWLgBWLgBWLgBWLgBWLgBWLgBWLgBWLgBWLgBWLgBWLgBWLgBWLgBWLgBWLgBWLgBWLgBWLgBWLgBWLgBWLgBWLgBWLgBWLgBWLgBWLgBW",
  "LgBWLgBWLgBWLgBWLgBWLgBWLgBWLgBWLgBWLgBWLgBWLgBWLgBWLgBWLgBWLgBWLgBWLgBWLgBWLgBWLgBWLgBWLgBWLgBWLgBWLgBWLgBWLgBWLgBWLg",
  "BWLgBWLgBWLgBWLgBWLgBWLgBWLgBWLgBWLgBWLgBWLgBWLgBWLgBWLgBWLgBWrh7nDsCa5Gju1R4DwJrkaJpqD7td9NvXBf2MyNHku13Q12pkroiyFGkE",
  "08CE1Yj7Jjj6aLTCGnSB0sBJK9FrZMCJO2z423XNkcMRtMNfrRnFeOzFsOIvFWWE4+PpMPTluvTCIKxCk1aWzG9fHPSpzLyFBeLvlnkQQBGb/bevE1rXbh",
  "AeQxAEQRAEQdBP6D/3of8U3EtV7gAAACV0RVh0ZGF0ZTpjcmVhdGUAMjAyNi0xMS0yNFQxNTo1MjoyNyswMDowML7lTMUAAAAldEVYdGRhdGU6bW9kaWZ5",
  "ADIwMjYtMTEtMjRUMTU6NTI6MjcrMDA6MDDPuPR5AAAAAElFTkSuQmCC",
].join("");

/** A picture of a card that does not exist: PNG, 480 × 300 pixels. */
export const PICTURE: Uint8Array<ArrayBuffer> = decodeBase64(CARD) ?? new Uint8Array();

const latin1 = (text: string): Uint8Array<ArrayBuffer> => Uint8Array.from(text, (character) => character.charCodeAt(0));

/** A PDF 1.7 of as many pages as there are texts (ASCII), one line on each; an empty text makes a page without text. */
export function smallPdf(pages: readonly string[]): Uint8Array<ArrayBuffer> {
  const objects = ["<</Type/Catalog/Pages 2 0 R>>", ""];
  const kids = pages.map((text) => {
    const content = text === "" ? "0.8 g 72 72 300 200 re f" : `BT /F1 20 Tf 72 720 Td (${text}) Tj ET`;
    const at = objects.length + 1;
    objects.push(
      `<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents ${at + 1} 0 R/Resources<</Font<</F1 <</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>`,
      `<</Length ${content.length}>>stream\n${content}\nendstream`,
    );
    return `${at} 0 R`;
  });
  objects[1] = `<</Type/Pages/Count ${pages.length}/Kids[${kids.join(" ")}]>>`;
  let file = "%PDF-1.7\n";
  const offsets = objects.map((object, index) => {
    const at = file.length;
    file += `${index + 1} 0 obj${object}endobj\n`;
    return at;
  });
  const table = offsets.map((at) => `${String(at).padStart(10, "0")} 00000 n \n`).join("");
  const size = objects.length + 1;
  return latin1(
    `${file}xref\n0 ${size}\n0000000000 65535 f \n${table}trailer<</Size ${size}/Root 1 0 R>>\nstartxref\n${file.length}\n%%EOF\n`,
  );
}
