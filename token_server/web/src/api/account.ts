import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";

import { api, bodyOf } from "./client";
import { isProblem } from "./problem";
import type { User } from "./types";

const USER_KEY = ["user"];

/** The signed-in person, or null. */
export const userQuery = queryOptions({
  queryKey: USER_KEY,
  queryFn: async (): Promise<User | null> => {
    try {
      return await bodyOf(api.GET("/api/auth/me"));
    } catch (error) {
      if (isProblem(error, "unauthenticated")) return null;
      throw error;
    }
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
    mutationFn: () => bodyOf(api.POST("/api/auth/sign-out")),
    onSettled: () => {
      // Nothing of one person may be shown to the next one at this browser.
      queries.clear();
      queries.setQueryData(USER_KEY, null);
    },
  });
}
