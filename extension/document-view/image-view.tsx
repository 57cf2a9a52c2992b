import { useEffect, useState } from "preact/hooks";
import type { Bytes } from "../../formats/der/der.ts";

/** An image as the browser draws it from exactly these octets. `onBroken`: it draws nothing of them. */
export function ImageView(props: {
  bytes: Bytes;
  type: string;
  width: number;
  height: number;
  /** What a screen reader says of it. */
  label: string;
  onBroken: () => void;
}) {
  const { bytes, type, width, height } = props;
  const [address, setAddress] = useState<string>();
  useEffect(() => {
    const made = URL.createObjectURL(new Blob([bytes], { type }));
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [bytes, type]);
  return (
    <img
      class="picture"
      src={address}
      alt={props.label}
      width={width}
      height={height}
      style={{ "--natural": `${width}px` }}
      onError={() => props.onBroken()}
    />
  );
}
