import { MantineProvider } from "@mantine/core";
import { Notifications } from "@mantine/notifications";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "react-router";

import { ApiProblem } from "../api/problem";
import { router } from "./routes";
import { cssVariables, theme } from "./theme";

const RETRIES = 2;

const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      // A refusal is an answer; only a service that is out of reach is asked again.
      retry: (failures, error) => failures < RETRIES && (!(error instanceof ApiProblem) || error.code === "unreachable"),
      staleTime: 5_000,
      // The service may run on this very machine: being offline says nothing about reaching it.
      networkMode: "always",
    },
    mutations: { networkMode: "always" },
  },
});

export function App() {
  return (
    <QueryClientProvider client={queryClient}>
      <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
        <Notifications position="bottom-center" />
        <RouterProvider router={router} />
      </MantineProvider>
    </QueryClientProvider>
  );
}
