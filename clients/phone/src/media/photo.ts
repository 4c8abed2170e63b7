/** Photos: scaled on the phone, stripped of place and camera, encrypted like everything else. */

const LONGEST_EDGE = 1600;
const QUALITY = 0.82;

export class NoPhoto extends Error {}

export interface Size {
  width: number;
  height: number;
}

/** The size that a picture gets: never larger than it was. */
export function fitted(size: Size, longest = LONGEST_EDGE): Size {
  const scale = Math.min(1, longest / Math.max(size.width, size.height));
  return { width: Math.max(1, Math.round(size.width * scale)), height: Math.max(1, Math.round(size.height * scale)) };
}

/** A JPEG of at most 1600 pixels. Drawing it anew is what leaves out the EXIF data. */
export async function scaledPhoto(file: Blob): Promise<Uint8Array<ArrayBuffer>> {
  const picture = await createImageBitmap(file, { imageOrientation: "from-image" }).catch(() => {
    throw new NoPhoto();
  });
  try {
    const blob = await drawn(picture);
    return new Uint8Array(await blob.arrayBuffer());
  } finally {
    picture.close();
  }
}

async function drawn(picture: ImageBitmap): Promise<Blob> {
  const { width, height } = fitted(picture);
  const canvas = document.createElement("canvas");
  Object.assign(canvas, { width, height });
  canvas.getContext("2d")?.drawImage(picture, 0, 0, width, height);
  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, "image/jpeg", QUALITY));
  if (!blob) throw new NoPhoto();
  return blob;
}
