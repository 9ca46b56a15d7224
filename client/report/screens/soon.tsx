/** In the place of a screen whose part has not come yet. */
import { strings } from "../words.ts";
import { Frame } from "./frame.tsx";

export function Soon() {
  const words = strings();
  return (
    <Frame title={words.soon}>
      <p>{words.soonText}</p>
    </Frame>
  );
}
