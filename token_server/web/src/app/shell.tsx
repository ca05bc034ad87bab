import { ActionIcon, Button, Menu } from "@mantine/core";
import { IconLogout, IconSettings, IconUser } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Link, NavLink, Outlet, ScrollRestoration, useNavigate } from "react-router";

import { useSignOut, userQuery } from "../api/account";
import type { User } from "../api/types";
import { Mark } from "../components/mark";
import { texts } from "../texts";
import { ColorSchemeToggle } from "./color-scheme-toggle";
import classes from "./shell.module.css";
import { useUser } from "./signed-in";

/** The frame of pages that anybody may see. */
export function Shell() {
  const user = useQuery(userQuery);
  return (
    <Frame home={user.data ? "/interviews" : "/"} isFull={Boolean(user.data)}>
      {user.data ? (
        <SignedInItems user={user.data} />
      ) : (
        <>
          <NavLink className={classes.navLink} to="/sign-in">
            {texts.shell.signIn}
          </NavLink>
          <Button component={Link} to="/sign-up" size="sm" visibleFrom="xs">
            {texts.shell.signUp}
          </Button>
        </>
      )}
    </Frame>
  );
}

/** The frame of a signed-in person's pages. */
export function SignedInShell() {
  return (
    <Frame home="/interviews" isFull>
      <SignedInItems user={useUser()} />
    </Frame>
  );
}

function SignedInItems({ user }: { user: User }) {
  return (
    <>
      <NavLink className={classes.navLink} to="/interviews" end>
        {texts.shell.interviews}
      </NavLink>
      <NavLink className={classes.navLink} to="/progress">
        {texts.shell.progress}
      </NavLink>
      <AccountMenu user={user} />
    </>
  );
}

interface FrameProps {
  home: string;
  /** There is much in it: on a phone the mark stands without the name. */
  isFull?: boolean;
  children: ReactNode;
}

function Frame({ home, isFull = false, children }: FrameProps) {
  return (
    <>
      <ScrollRestoration />
      <a className={classes.skip} href="#content">
        {texts.skipToContent}
      </a>
      <header className={classes.header}>
        <div className={classes.bar}>
          <Link className={classes.brand} to={home}>
            <Mark />
            <span className={isFull ? classes.name : undefined}>{texts.product}</span>
          </Link>
          <nav aria-label={texts.shell.mainNavigation} style={{ display: "contents" }}>
            {children}
          </nav>
          <ColorSchemeToggle />
        </div>
      </header>
      <main className={classes.main} id="content" tabIndex={-1}>
        <Outlet />
      </main>
      <footer className={classes.footer}>
        <Link to="/privacy">{texts.privacy.link}</Link>
      </footer>
    </>
  );
}

function AccountMenu({ user }: { user: User }) {
  const signOut = useSignOut();
  const navigate = useNavigate();
  return (
    <Menu position="bottom-end" width={220}>
      <Menu.Target>
        <ActionIcon size={36} radius="xl" variant="light" aria-label={texts.shell.account(user.display_name)}>
          <IconUser size={18} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{user.email}</Menu.Label>
        <Menu.Item component={Link} to="/account" leftSection={<IconSettings size={16} aria-hidden />}>
          {texts.shell.toAccount}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconLogout size={16} aria-hidden />}
          onClick={() => signOut.mutate(undefined, { onSettled: () => void navigate("/") })}
        >
          {texts.shell.signOut}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
