import type { Bytes } from "../der/der.ts";
import { broken } from "./pdf-fault.ts";

/** `/Columns`, `/Colors` and `/BitsPerComponent` of the decode parameters, as octets. */
export interface PredictorRow {
  /** Octets of a row, without its filter type. */
  readonly length: number;
  /** Octets of a pixel, rounded up. */
  readonly pixel: number;
}

/** Undoes a PNG predictor (ISO 32000-1, 7.4.4.4; PNG, 9): every row begins with its own filter type. */
export function undoPngPredictor(data: Uint8Array, { length, pixel }: PredictorRow): Bytes {
  if (data.length % (length + 1) !== 0) throw broken("a predicted stream ends inside a row");
  const rows = data.length / (length + 1);
  const plain = new Uint8Array(rows * length);
  for (let row = 0; row < rows; row++) {
    const type = data[row * (length + 1)] ?? 0;
    if (type > 4) throw broken("a predicted row has an unknown filter");
    const source = row * (length + 1) + 1;
    const target = row * length;
    for (let at = 0; at < length; at++) {
      const left = at < pixel ? 0 : (plain[target + at - pixel] ?? 0);
      const up = row === 0 ? 0 : (plain[target + at - length] ?? 0);
      const corner = row === 0 || at < pixel ? 0 : (plain[target + at - length - pixel] ?? 0);
      plain[target + at] = (data[source + at] ?? 0) + predicted(type, left, up, corner);
    }
  }
  return plain;
}

function predicted(type: number, left: number, up: number, corner: number): number {
  switch (type) {
    case 1:
      return left;
    case 2:
      return up;
    case 3:
      return (left + up) >> 1;
    case 4:
      return paeth(left, up, corner);
    default:
      return 0;
  }
}

function paeth(left: number, up: number, corner: number): number {
  const estimate = left + up - corner;
  const [toLeft, toUp, toCorner] = [Math.abs(estimate - left), Math.abs(estimate - up), Math.abs(estimate - corner)];
  if (toLeft <= toUp && toLeft <= toCorner) return left;
  return toUp <= toCorner ? up : corner;
}
