import type { TFunction } from "i18next";
import { useMemo } from "react";
import type { FlatRow } from "../../core/bindings/FlatRow";
import type { FlatSort } from "../../core/bindings/FlatSort";
import type { LineName } from "../../core/bindings/LineName";
import { useTexts } from "../../i18n/texts";
import { Confirmed } from "../../parts/Confirmed";
import type { Column } from "../../parts/Grid";
import { ServerText } from "../../parts/ServerText";
import { LineCell } from "./LineCell";
import { LINES, type LineSwitch } from "./lineSwitches";

type Lines = {
  canSwitch: boolean;
  /** Why nothing can be switched at the moment. */
  blocked: string | null;
  switchOf: (row: FlatRow, line: LineName) => LineSwitch | undefined;
  /** The person pressed the line's switch. */
  act: (row: FlatRow, line: LineName) => void;
};

/** The columns of the list of flats: its number, its counts, its three lines as switches, its age. */
export function useFlatColumns({ canSwitch, blocked, switchOf, act }: Lines): Column<FlatRow, FlatSort>[] {
  const { t } = useTexts();
  // The same ones until something of them changes: each new one draws every row anew.
  return useMemo(
    () => columnsOf(t, { canSwitch, blocked, switchOf, act }),
    [t, canSwitch, blocked, switchOf, act],
  );
}

function columnsOf(t: TFunction, { canSwitch, blocked, switchOf, act }: Lines): Column<FlatRow, FlatSort>[] {
  /** A count the server did not load is not zero. */
  const count = (value: number | null) =>
    value === null ? <span title={t("flats.notCounted")}>—</span> : String(value);
  const line = (name: LineName): Column<FlatRow, FlatSort> => ({
    key: name,
    title: t(`lines.column.${name}`),
    width: "minmax(100px, 1.2fr)",
    sort: name,
    cell: (row) => (
      <LineCell
        number={row.number}
        line={name}
        known={row.lines[name]}
        one={switchOf(row, name)}
        enabled={canSwitch}
        blocked={blocked}
        onAct={() => act(row, name)}
      />
    ),
    ...(canSwitch ? { act: (row: FlatRow) => act(row, name) } : {}),
  });
  return [
    {
      key: "number",
      title: t("flats.number"),
      width: "52px",
      sort: "number",
      cell: (row) => (
        <b>
          <ServerText cut>{row.number}</ServerText>
        </b>
      ),
    },
    {
      key: "keys",
      title: t("flats.keys"),
      width: "minmax(56px, 0.6fr)",
      sort: "keys",
      spare: true,
      cell: (row) => count(row.keyCount),
    },
    {
      key: "residents",
      title: t("flats.residents"),
      width: "minmax(76px, 0.6fr)",
      sort: "residents",
      spare: true,
      cell: (row) => count(row.residentCount),
    },
    ...LINES.map(line),
    {
      key: "age",
      title: t("flats.age"),
      width: "104px",
      end: true,
      spare: true,
      cell: (row) => <Confirmed bare at={row.confirmedAt} />,
    },
  ];
}
