import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";

import { api, bodyOf, refreshSession } from "./client";
import { makeHeldBackCalls } from "./held-back";
import type { User } from "./types";

const USER_KEY = ["user"];

/** The signed-in person, or null. Asked so that nobody being signed in isn't an error in the browser's console. */
export const userQuery = queryOptions({
  queryKey: USER_KEY,
  queryFn: async (): Promise<User | null> => {
    const { user, renewable } = await bodyOf(api.GET("/api/auth/session"));
    if (!renewable || !(await refreshSession())) return user;
    return (await bodyOf(api.GET("/api/auth/session"))).user;
  },
  staleTime: 60_000,
});

export interface Credentials {
  email: string;
  password: string;
}

export function useSignIn() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: Credentials) => bodyOf(api.POST("/api/auth/sign-in", { body })),
    onSuccess: ({ user }) => queries.setQueryData(USER_KEY, user),
  });
}

export function useSignUp() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: Credentials & { display_name: string }) => bodyOf(api.POST("/api/auth/sign-up", { body })),
    onSuccess: (answer) => {
      if ("user" in answer) queries.setQueryData(USER_KEY, answer.user);
    },
  });
}

export function useSignOut() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async () => {
      // Afterwards they would be refused.
      await makeHeldBackCalls();
      await bodyOf(api.POST("/api/auth/sign-out"));
    },
    onSettled: () => {
      // Nothing of one person may be shown to the next one at this browser.
      queries.clear();
      queries.setQueryData(USER_KEY, null);
    },
  });
}

export function useAskForReset() {
  return useMutation({
    mutationFn: (body: { email: string }) => bodyOf(api.POST("/api/auth/password-reset", { body })),
  });
}

export function useSetForgottenPassword() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: Credentials & { code: string }) => bodyOf(api.POST("/api/auth/password-reset/confirm", { body })),
    onSuccess: ({ user }) => queries.setQueryData(USER_KEY, user),
  });
}

export function useRename() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: { display_name: string }) => bodyOf(api.PATCH("/api/auth/me", { body })),
    onSuccess: (user) => queries.setQueryData(USER_KEY, user),
  });
}

export function useChangePassword() {
  return useMutation({
    mutationFn: (body: { current_password: string; password: string }) =>
      bodyOf(api.POST("/api/auth/password", { body })),
  });
}

/** `leave` goes to a page that anybody may see, before there is nobody signed in any more. */
export function useSignOutEverywhere(leave: () => Promise<void>) {
  const forget = useForgetUser(leave);
  return useMutation({
    mutationFn: async () => {
      await makeHeldBackCalls();
      await bodyOf(api.POST("/api/auth/sign-out-everywhere"));
    },
    onSuccess: forget,
  });
}

export function useExport() {
  return useMutation({
    mutationFn: async () => {
      // A download can't refresh a session that has run out. This can.
      await bodyOf(api.GET("/api/auth/me"));
      const link = document.createElement("a");
      link.href = "/api/account/export";
      link.download = "";
      link.click();
    },
  });
}

export function useDeleteAccount(leave: () => Promise<void>) {
  const forget = useForgetUser(leave);
  return useMutation({
    mutationFn: (password: string) => bodyOf(api.DELETE("/api/account", { body: { password } })),
    onSuccess: forget,
  });
}

function useForgetUser(leave: () => Promise<void>) {
  const queries = useQueryClient();
  return async () => {
    await leave();
    queries.clear();
    queries.setQueryData(USER_KEY, null);
  };
}
