import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";
import { addIntercom } from "../../core/bindings/commands";
import { readId } from "../../core/readId";
import { useWrite } from "../../core/useWrite";
import { Button } from "../../parts/Button";
import { ErrorNote } from "../../parts/ErrorNote";
import { TextField } from "../../parts/Field";
import { WayOut } from "../../parts/WayOut";
import styles from "./BuildingsScreen.module.css";

/** No documented call lists every intercom, so an id a person knows opens the way to its flats. */
export function AddIntercom({ server, onAdded }: { server: string; onAdded: (id: number) => void }) {
  const { t } = useTranslation();
  const add = useWrite(addIntercom);
  const [wrong, setWrong] = useState(false);

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const id = readId(String(new FormData(form).get("id")));
    setWrong(id === null);
    if (id === null) return;
    const added = await add.run({ server, intercom: id });
    if (!added.done) return;
    form.reset();
    onAdded(added.answer.id);
  };

  return (
    <form
      className={styles.add}
      onSubmit={(event) => void submit(event)}
      aria-label={t("intercoms.add")}
      noValidate
    >
      <TextField
        label={t("intercoms.id")}
        name="id"
        inputMode="numeric"
        errors={wrong ? [t("errors.id_invalid.title")] : []}
      />
      {add.error !== null && (
        <ErrorNote error={add.error}>
          <WayOut error={add.error} server={server} />
        </ErrorNote>
      )}
      <Button type="submit" busy={add.pending}>
        {t("intercoms.add")}
      </Button>
    </form>
  );
}
