import { useDocumentTitle } from "@mantine/hooks";

import { texts } from "../texts";

/** The document's title: what a screen reader says on arrival, and what the tab shows. */
export function useTitle(title: string) {
  useDocumentTitle(title ? `${title} · ${texts.product}` : texts.product);
}
