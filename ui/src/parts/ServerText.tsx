import { isolated, oneLine } from "./oneLine";
import styles from "./ServerText.module.css";

/**
 * A text that came from a server: shown as text whatever it holds, and unable to reorder its neighbours. `cut` where
 * the place is narrow: the whole text is then in its title.
 */
export function ServerText({ children, cut = false }: { children: string; cut?: boolean }) {
  return (
    <bdi className={cut ? styles.cut : styles.text} title={cut ? isolated(children) : undefined}>
      {oneLine(children)}
    </bdi>
  );
}
