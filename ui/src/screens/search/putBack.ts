// A field as it was before a reader typed into it.

/** Kinds of fields that hold a text. */
const TEXTS = ["text", "search", "url", "email", "tel"];

type TextElement = HTMLInputElement | HTMLTextAreaElement;

/** Whether characters that are typed become part of a text there. */
export function isText(target: EventTarget | null): target is TextElement {
  if (target instanceof HTMLInputElement) return TEXTS.includes(target.type);
  return target instanceof HTMLTextAreaElement;
}

/** What puts a field back as it is now, as if the person had taken out what was typed since. */
export function putBackAs(target: EventTarget | null): () => void {
  if (isText(target)) return putBackText(target);
  if (target instanceof HTMLSelectElement) return putBackChoice(target);
  return () => {};
}

function putBackText(field: TextElement): () => void {
  const { value, selectionStart, selectionEnd } = field;
  const [from, to] = [selectionStart ?? value.length, selectionEnd ?? value.length];
  return () => {
    if (field.value === value) return;
    setValue(field, value);
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.setSelectionRange(from, to);
  };
}

function putBackChoice(list: HTMLSelectElement): () => void {
  const { value } = list;
  // A list that waits for the core to agree shows its old value again meanwhile.
  let isTurned = false;
  const onChange = () => {
    isTurned = true;
  };
  list.addEventListener("change", onChange, { once: true });
  return () => {
    list.removeEventListener("change", onChange);
    if (!isTurned && list.value === value) return;
    setValue(list, value);
    list.dispatchEvent(new Event("change", { bubbles: true }));
  };
}

const KINDS = [HTMLInputElement, HTMLTextAreaElement, HTMLSelectElement];

/** By the element's own property: React keeps one of its own over it, and takes no notice of what that is set to. */
function setValue(field: TextElement | HTMLSelectElement, value: string) {
  const kind = KINDS.find((each) => field instanceof each);
  if (kind !== undefined) Object.getOwnPropertyDescriptor(kind.prototype, "value")?.set?.call(field, value);
}
