/** Choosing from the device's contacts, where the browser has a picker: what is chosen goes into the field, to be seen first. */
interface Chosen {
  tel?: string[];
  email?: string[];
}

interface Picker {
  select(properties: string[], options: { multiple: boolean }): Promise<Chosen[]>;
}

export function startContacts(): void {
  const button = document.getElementById("contacts-pick");
  const text = document.querySelector<HTMLTextAreaElement>("#id_text");
  const picker = (navigator as Navigator & { contacts?: Picker }).contacts;
  if (!button || !text || !picker) return;
  button.hidden = false;
  button.addEventListener("click", () => void choose(picker, text));
}

async function choose(picker: Picker, text: HTMLTextAreaElement): Promise<void> {
  // Closed without a choice, the picker gives nothing or throws: either way nothing changes.
  const chosen = await picker.select(["tel", "email"], { multiple: true }).catch(() => []);
  const lines = chosen.flatMap((each) => [...(each.tel ?? []), ...(each.email ?? [])]);
  if (!lines.length) return;
  text.value = [text.value.trim(), ...lines].filter(Boolean).join("\n");
  text.focus();
}
