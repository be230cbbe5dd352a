import { RefreshCw } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { useTexts } from "../../i18n/texts";
import { Button } from "../../parts/Button";
import { ErrorNote } from "../../parts/ErrorNote";
import { TextField } from "../../parts/Field";
import { Note } from "../../parts/Note";
import styles from "./SignInForm.module.css";
import type { CaptchaState } from "./useCaptcha";

/** The picture, the field for its text, and another picture where this one cannot be read. */
export function CaptchaField({ captcha }: { captcha: CaptchaState }) {
  const { t } = useTexts();
  const field = useRef<HTMLInputElement>(null);
  const key = captcha.picture?.key;
  // biome-ignore lint/correctness/useExhaustiveDependencies: each new picture, and each reminder, leads to the field
  useEffect(() => {
    field.current?.focus();
  }, [key, captcha.reason]);
  const complaint =
    captcha.reason === "wrong" || captcha.reason === "ran_out" || captcha.reason === "empty"
      ? [t(`captcha.${captcha.reason}`)]
      : [];
  return (
    <fieldset className={styles.step}>
      <legend className={styles.stepTitle}>{t("captcha.title")}</legend>
      <div className={styles.captcha}>
        <div className={styles.picture} aria-busy={captcha.pending || undefined}>
          {captcha.picture !== null && <Picture image={captcha.picture.image} name={t("captcha.picture")} />}
          <Button
            look="quiet"
            icon={<RefreshCw aria-hidden="true" />}
            busy={captcha.pending}
            onClick={() => captcha.ask("another")}
          >
            {t("captcha.another")}
          </Button>
        </div>
        <TextField
          ref={field}
          label={t("captcha.text")}
          hint={t("captcha.hint")}
          errors={complaint}
          autoCapitalize="off"
          value={captcha.text}
          onChange={(event) => captcha.setText(event.target.value)}
        />
      </div>
      {captcha.ranOut && captcha.reason !== "ran_out" && <Note tone="warn">{t("captcha.old")}</Note>}
      {captcha.error !== null && <ErrorNote error={captcha.error} />}
    </fieldset>
  );
}

/**
 * SECURITY: the picture is painted from its bytes. An image element would need the window's policy to allow `data:`
 * addresses for pictures from anywhere in the page.
 */
function Picture({ image, name }: { image: string; name: string }) {
  const { t } = useTexts();
  const canvas = useRef<HTMLCanvasElement>(null);
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    let gone = false;
    setFailed(false);
    paint(image, canvas.current).catch(() => {
      if (!gone) setFailed(true);
    });
    return () => {
      gone = true;
    };
  }, [image]);
  return (
    <>
      <canvas ref={canvas} role="img" aria-label={name} className={styles.canvas} hidden={failed} />
      {failed && <p>{t("captcha.unseen")}</p>}
    </>
  );
}

async function paint(image: string, canvas: HTMLCanvasElement | null): Promise<void> {
  const parts = /^data:(image\/[\w.+-]+);base64,(.*)$/su.exec(image);
  if (parts?.[1] === undefined || parts[2] === undefined) throw new Error("not a picture");
  const bytes = Uint8Array.from(atob(parts[2]), (letter) => letter.charCodeAt(0));
  const bitmap = await createImageBitmap(new Blob([bytes], { type: parts[1] }));
  if (canvas === null) return;
  canvas.width = bitmap.width;
  canvas.height = bitmap.height;
  const pen = canvas.getContext("2d");
  if (pen === null) throw new Error("nothing to paint on");
  pen.drawImage(bitmap, 0, 0);
  bitmap.close();
}
