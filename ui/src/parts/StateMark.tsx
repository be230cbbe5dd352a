import { useTexts } from "../i18n/texts";
import styles from "./StateMark.module.css";

type Mark = "on" | "off" | "unknown";

/** On is a full disc, off an open ring, unknown a hatched square: told apart without colour. */
function Shape({ mark }: { mark: Mark }) {
  return <i className={`${styles.shape} ${styles[mark]}`} aria-hidden="true" />;
}

export function LineMark({ state, short = false }: { state: Mark; short?: boolean }) {
  const { t } = useTexts();
  return (
    <span className={`${styles.mark} ${styles[`${state}Word`]}`}>
      <Shape mark={state} />
      {short ? t(`lines.short.${state}`) : t(`lines.state.${state}`)}
    </span>
  );
}
