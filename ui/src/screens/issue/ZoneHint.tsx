import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";
import { useServer } from "../../core/useAppState";
import { zoneName } from "../../i18n/zone";
import { Button } from "../../parts/Button";
import { Note } from "../../parts/Note";

/** Beside an end the server refused although it lies ahead: where to look first. */
export function ZoneHint({ server }: { server: string }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const zone = zoneName(useServer(server)?.zoneMinutes ?? 0);
  return (
    <Note tone="warn">
      <p>{t("issue.zoneHint", { zone })}</p>
      <Button onClick={() => void navigate({ to: "/settings", search: { section: "servers" } })}>
        {t("issue.zoneSettings")}
      </Button>
    </Note>
  );
}
