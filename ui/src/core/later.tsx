import { type ComponentType, lazy, Suspense, useState } from "react";
import { oncePainted } from "./firstPaint";

/**
 * A part of the window that is not in what it shows first. Its script is read once that was painted, or when somebody wants
 * it, whichever comes first.
 */
export function later<Props extends object>(read: () => Promise<ComponentType<Props>>): ComponentType<Props> {
  let known: ComponentType<Props> | null = null;
  const find = async () => {
    known ??= await read();
    return { default: known };
  };
  const Late = lazy(find);
  // What cannot be read is told where it is wanted.
  oncePainted(() => void find().catch(() => {}));
  return function Later(props: Props) {
    // The same one for as long as it is there: another would begin anew.
    const [Known] = useState(() => known);
    if (Known !== null) return <Known {...props} />;
    return (
      <Suspense>
        <Late {...props} />
      </Suspense>
    );
  };
}
