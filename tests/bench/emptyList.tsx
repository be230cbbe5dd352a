// A virtual list with nothing in it: as many rows, as high, by the same library, and each row is an empty element. What the
// lists of the program are compared with. Bundled by `grid.ts` and run inside the program's own page.

import { useVirtualizer } from "@tanstack/react-virtual";
import { useRef } from "react";
import { createRoot } from "react-dom/client";

type EmptyListProps = { count: number; rowHeight: number; overscan: number };

function EmptyList({ count, rowHeight, overscan }: EmptyListProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({
    count,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan,
  });
  return (
    <div ref={scroller} data-empty-list style={{ height: "100%", overflow: "auto" }}>
      <div style={{ position: "relative", height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map((item) => (
          <div
            key={item.key}
            style={{
              position: "absolute",
              top: 0,
              left: 0,
              right: 0,
              height: rowHeight,
              transform: `translateY(${item.start}px)`,
            }}
          />
        ))}
      </div>
    </div>
  );
}

declare global {
  interface Window {
    /** Shows such a list where an element stands, and answers how to take it away again. */
    showEmptyList?: (over: Element, list: EmptyListProps) => () => void;
  }
}

window.showEmptyList = (over, list) => {
  const { left, top, width, height } = over.getBoundingClientRect();
  const place = document.createElement("div");
  Object.assign(place.style, { position: "fixed", left: `${left}px`, top: `${top}px` });
  Object.assign(place.style, { width: `${width}px`, height: `${height}px` });
  const program = document.getElementById("root");
  if (program !== null) program.style.display = "none";
  document.body.append(place);
  const root = createRoot(place);
  root.render(<EmptyList {...list} />);
  return () => {
    root.unmount();
    place.remove();
    if (program !== null) program.style.display = "";
  };
};
