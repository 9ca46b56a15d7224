/**
 * The part `reader`: finds a QR code in a picture, for browsers that cannot do it themselves. Fetched when somebody
 * first wants to read one, as the global `amanaReader`.
 */
import decodeQR from "qr/decode.js";

/** The text of the code in a picture; empty where there is none. */
export function readCode(image: ImageData): string {
  try {
    return decodeQR(image);
  } catch {
    return "";
  }
}
