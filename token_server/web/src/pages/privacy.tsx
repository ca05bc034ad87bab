import privacy from "../../../../docs/privacy.md?raw";
import { Document } from "../account/document";
import { useTitle } from "../components/use-title";
import { texts } from "../texts";

export function Page() {
  useTitle(texts.privacy.documentTitle);
  return <Document markdown={privacy} />;
}
