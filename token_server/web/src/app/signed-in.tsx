import { useQuery } from "@tanstack/react-query";
import { createContext, use } from "react";
import { Navigate, Outlet, useLocation } from "react-router";

import { userQuery } from "../api/account";
import type { User } from "../api/types";
import { Failure } from "../components/failure";
import { PageLoading } from "../components/page-loading";

const UserContext = createContext<User | null>(null);

/** Shows its pages to a signed-in person only; anyone else signs in first and comes back to where they were going. */
export function SignedIn() {
  const user = useQuery(userQuery);
  const location = useLocation();
  if (user.isPending) return <PageLoading />;
  if (user.isError) return <Failure error={user.error} onRetry={() => void user.refetch()} />;
  if (!user.data) {
    const next = encodeURIComponent(location.pathname + location.search);
    return <Navigate to={`/sign-in?next=${next}`} replace />;
  }
  return (
    <UserContext value={user.data}>
      <Outlet />
    </UserContext>
  );
}

export function useUser(): User {
  const user = use(UserContext);
  if (!user) throw new Error("useUser is for pages below SignedIn");
  return user;
}
