import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { opened } from "../../state/session.ts";
import { Icon } from "../../ui/icon.tsx";

/** A kept photo, opened for as long as it is on the screen. */
export function PhotoImage({ id, alt = "" }: { id: string; alt?: string }) {
  const address = useSignal("");
  useEffect(() => {
    let made = "";
    void opened().getBytes(`photo/${id}`).then((bytes) => bytes && (address.value = made = URL.createObjectURL(new Blob([bytes], { type: "image/jpeg" }))));
    return () => URL.revokeObjectURL(made);
  }, [id]);
  return address.value ? <img src={address.value} alt={alt} /> : <Icon name="photo" />;
}
