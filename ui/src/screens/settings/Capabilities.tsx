import { Ban, Check, CircleDashed, Minus } from "lucide-react";
import type { CapabilityState } from "../../core/bindings/CapabilityState";
import { checkCapabilities } from "../../core/bindings/commands";
import type { ServerView } from "../../core/bindings/ServerView";
import { useWrite } from "../../core/useWrite";
import { useTexts } from "../../i18n/texts";
import { Button } from "../../parts/Button";
import { ReadProblem } from "../../parts/ReadProblem";
import { RelativeTime } from "../../parts/RelativeTime";
import { useAway } from "../../parts/useAway";
import styles from "./SettingsScreen.module.css";

const SHAPES = { answers: Check, missing: Minus, forbidden: Ban, unknown: CircleDashed };

/** Which calls this server and its accounts turned out to answer. */
export function Capabilities({ server }: { server: ServerView }) {
  const { t } = useTexts();
  const check = useWrite(checkCapabilities);
  const isFirst = server.capabilities.every(({ state }) => state === "unknown");
  const run = () => void check.run({ server: server.id });
  return (
    <>
      <p className={styles.muted}>{t("capabilities.why")}</p>
      <table className={styles.grid}>
        <caption className="visually-hidden">{t("capabilities.title")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("capabilities.call")}</th>
            <th scope="col">{t("capabilities.account")}</th>
            <th scope="col">{t("capabilities.state")}</th>
            <th scope="col">{t("capabilities.checked")}</th>
          </tr>
        </thead>
        <tbody>
          {server.capabilities.map((each) => (
            <tr key={each.capability}>
              <th scope="row">{t(`capabilities.name.${each.capability}`)}</th>
              <td>{t(`capabilities.accountOf.${each.account}`)}</td>
              <td>
                <State state={each.state} />
              </td>
              <td>{each.checkedAt === null ? "—" : <RelativeTime at={each.checkedAt} />}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {check.error !== null && <ReadProblem error={check.error} server={server} onRetry={run} />}
      <div className={styles.buttons}>
        <Button busy={check.pending} blocked={useAway(server.id)} onClick={run}>
          {t(isFirst ? "capabilities.checkFirst" : "capabilities.check")}
        </Button>
      </div>
    </>
  );
}

function State({ state }: { state: CapabilityState }) {
  const { t } = useTexts();
  const Shape = SHAPES[state];
  return (
    <span className={`${styles.state} ${styles[state]}`}>
      <Shape aria-hidden="true" size={16} />
      {t(`capabilities.stateOf.${state}`)}
    </span>
  );
}
