import { type ComponentType, type FunctionComponent, lazy, Suspense, useState } from "react";

const parts: (() => Promise<unknown>)[] = [];

/**
 * A part of the window that is not in what it shows first. Its script is read by `readLater`, or when somebody wants it,
 * whichever comes first.
 */
export function later<Props extends object>(
  read: () => Promise<ComponentType<Props>>,
): FunctionComponent<Props> {
  let known: ComponentType<Props> | null = null;
  const find = async () => {
    known ??= await read();
    return { default: known };
  };
  const Late = lazy(find);
  parts.push(find);
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

/** Reads all of them. What cannot be read is told where it is wanted. */
export async function readLater(): Promise<void> {
  await Promise.allSettled(parts.map((find) => find()));
}
