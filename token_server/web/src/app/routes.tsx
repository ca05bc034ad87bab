import type { ComponentType } from "react";
import { createBrowserRouter } from "react-router";

import { Failure } from "../components/failure";
import { PageLoading } from "../components/page-loading";
import { Shell, SignedInShell } from "./shell";
import { SignedIn } from "./signed-in";

/** Each page is a chunk of its own: the room's WebRTC code is loaded only by those who enter one. */
const page = (load: () => Promise<{ Page: ComponentType }>) => async () => ({ Component: (await load()).Page });

export const router = createBrowserRouter([
  {
    errorElement: <Failure />,
    hydrateFallbackElement: <PageLoading />,
    children: [
      {
        element: <Shell />,
        children: [
          { index: true, lazy: page(() => import("../pages/landing")) },
          { path: "sign-in", lazy: page(() => import("../pages/sign-in")) },
          { path: "sign-up", lazy: page(() => import("../pages/sign-up")) },
          { path: "reset-password", lazy: page(() => import("../pages/reset-password")) },
          { path: "privacy", lazy: page(() => import("../pages/privacy")) },
          { path: "*", lazy: page(() => import("../pages/not-found")) },
        ],
      },
      {
        element: <SignedIn />,
        children: [
          {
            element: <SignedInShell />,
            children: [
              { path: "interviews", lazy: page(() => import("../pages/interviews")) },
              { path: "interviews/new", lazy: page(() => import("../pages/new-interview")) },
              { path: "interviews/:interviewId/start", lazy: page(() => import("../pages/prepare")) },
              { path: "interviews/:interviewId/adjust", lazy: page(() => import("../pages/adjust-interview")) },
              { path: "interviews/:interviewId/compare", lazy: page(() => import("../pages/compare")) },
              { path: "account", lazy: page(() => import("../pages/account")) },
              { path: "progress", lazy: page(() => import("../pages/progress")) },
              { path: "attempts/:attemptId/report", lazy: page(() => import("../pages/report")) },
            ],
          },
          { path: "attempts/:attemptId", lazy: page(() => import("../pages/room")) },
          { path: "setup/:setupId", lazy: page(() => import("../pages/setup")) },
        ],
      },
    ],
  },
]);
