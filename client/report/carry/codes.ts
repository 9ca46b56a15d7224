/** Finds a QR code in what the camera sees: the browser's own detector where there is one, else the part `reader`. */
import { insistOnLater } from "../parts.ts";

type Detector = { detect: (source: HTMLVideoElement) => Promise<{ rawValue: string }[]> };
type DetectorKind = {
  new (options: { formats: string[] }): Detector;
  getSupportedFormats: () => Promise<string[]>;
};

/** The exports of the part `reader`, once its script has run. */
declare const amanaReader: typeof import("../reader.ts");

const QR_CODE = "qr_code";

/** The text of the code in a picture; empty where there is none. */
export type CodeReader = (video: HTMLVideoElement) => Promise<string>;

export async function codeReader(): Promise<CodeReader> {
  const { BarcodeDetector } = globalThis as { BarcodeDetector?: DetectorKind };
  const formats = (await BarcodeDetector?.getSupportedFormats()) ?? [];
  if (BarcodeDetector && formats.includes(QR_CODE)) {
    const detector = new BarcodeDetector({ formats: [QR_CODE] });
    return async (video) => (await detector.detect(video))[0]?.rawValue ?? "";
  }
  await insistOnLater("reader");
  const canvas = document.createElement("canvas");
  return async (video) => amanaReader.readCode(pixels(video, canvas));
}

function pixels(video: HTMLVideoElement, canvas: HTMLCanvasElement): ImageData {
  const { videoWidth: width, videoHeight: height } = video;
  Object.assign(canvas, { width, height });
  const context = canvas.getContext("2d", { willReadFrequently: true });
  if (!context) throw new Error("no canvas");
  context.drawImage(video, 0, 0);
  return context.getImageData(0, 0, width, height);
}
