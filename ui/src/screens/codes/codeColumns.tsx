import type { TFunction } from "i18next";
import { useMemo } from "react";
import type { CodeRow } from "../../core/bindings/CodeRow";
import { useTexts } from "../../i18n/texts";
import { CodeDigits } from "../../parts/CodeDigits";
import type { Column } from "../../parts/Grid";
import { Moment } from "../../parts/RelativeTime";
import { ServerText } from "../../parts/ServerText";
import { originName } from "./origin";
import { TimeLeft } from "./TimeLeft";

export function useCodeColumns(): Column<CodeRow>[] {
  const { t } = useTexts();
  return useMemo(
    () => [
      { key: "code", title: t("codes.code"), width: "84px", cell: (row) => <CodeDigits code={row.code} /> },
      {
        key: "title",
        title: t("codes.titleColumn"),
        width: "minmax(76px, 1.4fr)",
        cell: (row) => <ServerText cut>{row.title}</ServerText>,
      },
      {
        key: "flat",
        title: t("codes.flat"),
        width: "48px",
        cell: (row) => (row.flatNumber === null ? "—" : <ServerText cut>{row.flatNumber}</ServerText>),
      },
      {
        key: "intercom",
        title: t("codes.intercom"),
        width: "minmax(80px, 1.1fr)",
        spare: true,
        cell: (row) => <ServerText cut>{intercomName(t, row)}</ServerText>,
      },
      {
        key: "until",
        title: t("codes.until"),
        width: "minmax(136px, 1fr)",
        cell: (row) => <Moment at={row.until} />,
      },
      {
        key: "left",
        title: t("codes.left"),
        width: "minmax(132px, 0.8fr)",
        cell: (row) => <TimeLeft row={row} />,
      },
      {
        key: "created",
        title: t("codes.created"),
        width: "minmax(120px, 0.9fr)",
        spare: true,
        sorted: "descending",
        why: t("codes.orderWhy"),
        cell: (row) => <Moment at={row.createdAt} />,
      },
      {
        key: "origin",
        title: t("codes.origin"),
        width: "minmax(96px, 1.2fr)",
        spare: true,
        cell: (row) => <span title={originName(t, row)}>{originName(t, row)}</span>,
      },
    ],
    [t],
  );
}

export function intercomName(t: TFunction, row: CodeRow): string {
  if (row.intercomTitle !== null) return row.intercomTitle;
  return row.intercom === null ? "—" : t("intercoms.onlyId", { id: row.intercom });
}
