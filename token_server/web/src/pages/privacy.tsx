import privacy from "../../../../docs/privacy.md?raw";
import { Document } from "../account/document";
import { useTitle } from "../components/use-title";
import { texts } from "../texts";

/** Its last section is for whoever runs the service. */
const [FOR_CANDIDATES = privacy] = privacy.split("\n## For whoever runs it");

export function Page() {
  useTitle(texts.privacy.documentTitle);
  return <Document markdown={FOR_CANDIDATES} />;
}
