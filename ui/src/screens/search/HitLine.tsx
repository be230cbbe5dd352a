import type { ReactNode } from "react";
import type { FoundAt } from "../../core/bindings/FoundAt";
import { useAppState } from "../../core/useAppState";
import { useTexts } from "../../i18n/texts";
import { Confirmed } from "../../parts/Confirmed";
import { GoneSince } from "../../parts/Gone";
import { isolated } from "../../parts/oneLine";
import { ShortName } from "../../parts/ShortName";
import { Tag } from "../../parts/Tag";
import { TimeLeft } from "../codes/TimeLeft";
import type { Hit } from "./hits";
import { Marked } from "./Marked";
import styles from "./Search.module.css";

/** What a hit is, where it is, and how old that is. */
export function HitLine({ hit }: { hit: Hit }) {
  switch (hit.kind) {
    case "flat":
      return <FlatLine of={hit.of} />;
    case "person":
      return <PersonLine of={hit.of} />;
    case "key":
      return <KeyLine of={hit.of} />;
    case "code":
      return <CodeLine of={hit.of} />;
    case "intercom":
      return <IntercomLine of={hit.of} />;
  }
}

type Of<Kind extends Hit["kind"]> = { of: Extract<Hit, { kind: Kind }>["of"] };

function FlatLine({ of: { at, flat } }: Of<"flat">) {
  const { t } = useTexts();
  return (
    <Line at={at} aside={<Age at={flat.confirmedAt} goneAt={flat.goneAt} />}>
      <span className={styles.what}>{t("search.flat")}</span>{" "}
      <Marked look="main" text={flat.number} field="number" marks={at.marks} />
    </Line>
  );
}

function PersonLine({ of: person }: Of<"person">) {
  const { t } = useTexts();
  const { at, name, login } = person;
  return (
    <Line
      at={at}
      flat={person.flatNumber}
      others={person.others}
      aside={<Age at={person.confirmedAt} goneAt={person.goneAt} />}
    >
      {name !== null && <Marked look="main" text={name} field="name" marks={at.marks} />}{" "}
      {login !== null && (
        <Marked look={name === null ? "main" : "more"} text={login} field="login" marks={at.marks} />
      )}
      {name === null && login === null && (
        <span className={styles.main}>{t("flats.unnamed", { id: person.id })}</span>
      )}{" "}
      <Tag>{t(person.isResident ? "search.resident" : "search.keyOwner")}</Tag>
    </Line>
  );
}

function KeyLine({ of: { at, key, how } }: Of<"key">) {
  const { t } = useTexts();
  const owner = key.owner.kind === "user" ? (key.owner.name ?? key.owner.login) : null;
  return (
    <Line at={at} flat={key.flat?.number ?? null} aside={<Age at={key.confirmedAt} goneAt={key.goneAt} />}>
      <Marked look="key" text={key.key} field="key" marks={at.marks} />{" "}
      {owner !== null && <Marked look="more" text={owner} field="name" marks={[]} />}
      {key.owner.kind === "nobody" && <span className={styles.more}>{t("fobs.nobody")}</span>}{" "}
      <Tag>{t(`search.how.${how}`)}</Tag>
    </Line>
  );
}

function CodeLine({ of: { at, code } }: Of<"code">) {
  return (
    <Line at={at} flat={code.flatNumber} aside={<TimeLeft row={code} />}>
      <Marked look="key" text={code.code} field="code" marks={at.marks} />{" "}
      <Marked look="more" text={code.title} field="title" marks={at.marks} />
    </Line>
  );
}

function IntercomLine({ of: { at, intercom } }: Of<"intercom">) {
  const { t } = useTexts();
  const { title, address, shortName } = intercom;
  return (
    <Line
      at={{ ...at, intercom: null, shortName: null, intercomTitle: null, address: null, entrance: null }}
      aside={<Age at={intercom.confirmedAt} />}
    >
      {title === null ? (
        <span className={styles.main}>{t("intercoms.onlyId", { id: intercom.id })}</span>
      ) : (
        <Marked look="main" text={title} field="title" marks={at.marks} />
      )}{" "}
      <ShortName>{shortName}</ShortName>{" "}
      {address !== null && <Marked look="more" text={address} field="address" marks={at.marks} />}
    </Line>
  );
}

/** When it was last seen; since when the server has it no longer, where it has not. */
function Age({ at, goneAt = null }: { at: string | null; goneAt?: string | null }) {
  const { t } = useTexts();
  if (goneAt !== null) return <GoneSince at={goneAt} />;
  return (
    <>
      <span className="visually-hidden">{t("common.confirmed")} </span>
      <Confirmed bare at={at} />
    </>
  );
}

/** `flat`: the door number, for what is not a flat itself; `others`: at how many other places it is. */
function Line({
  at,
  flat = null,
  others = 0,
  aside,
  children,
}: {
  at: FoundAt;
  flat?: string | null;
  others?: number;
  aside: ReactNode;
  children: ReactNode;
}) {
  const { t } = useTexts();
  const { servers } = useAppState();
  const onlyId = at.intercom !== null && at.intercomTitle === null && at.address === null;
  const place = [
    flat === null ? null : t("search.inFlat", { number: flat }),
    onlyId || at.shortName === null ? null : at.shortName,
    at.intercomTitle,
    at.address,
    at.entrance === null ? null : t("intercoms.entrance", { entrance: at.entrance }),
    onlyId ? t("intercoms.onlyId", { id: at.intercom }) : null,
    servers.length > 1 ? at.serverName : null,
    others > 0 ? t("search.others", { count: others }) : null,
  ]
    .filter((part) => part !== null)
    .map(isolated)
    .join(" · ");
  return (
    <>
      <span className={styles.first}>{children}</span> <span className={styles.aside}>{aside}</span>{" "}
      <span className={styles.place} title={place}>
        {place}
      </span>
    </>
  );
}
