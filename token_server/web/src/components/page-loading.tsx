import { Center, Loader } from "@mantine/core";

import { texts } from "../texts";

export function PageLoading() {
  return (
    <Center mih="50vh" role="status" aria-label={texts.loading}>
      <Loader type="dots" />
    </Center>
  );
}
