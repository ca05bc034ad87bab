import { Title } from "@mantine/core";
import type { ReactNode } from "react";

import classes from "./document.module.css";

const INLINE = /\*\*(.+?)\*\*|`(.+?)`/g;

/**
 * Our own documents, which are written in a small part of Markdown: headings, paragraphs, lists with `-`, tables, bold and
 * code. Anything else is shown as it stands.
 */
export function Document({ markdown }: { markdown: string }) {
  return (
    <article className={classes.document}>
      {markdown
        .trim()
        .split(/\n{2,}/)
        .map((block, index) => (
          <Block key={index} lines={block.split("\n")} />
        ))}
    </article>
  );
}

function Block({ lines }: { lines: string[] }) {
  const [first = ""] = lines;
  if (first.startsWith("# ")) return <Title order={1}>{first.slice(2)}</Title>;
  if (first.startsWith("## ")) return <Title order={2}>{first.slice(3)}</Title>;
  if (first.startsWith("|")) return <Table lines={lines} />;
  if (first.startsWith("- ")) {
    return (
      <ul>
        {lines
          .join("\n")
          .slice(2)
          .split("\n- ")
          .map((item) => (
            <li key={item}>{inline(item)}</li>
          ))}
      </ul>
    );
  }
  return <p>{inline(lines.join("\n"))}</p>;
}

function Table({ lines }: { lines: string[] }) {
  const [head = [], , ...body] = lines.map((line) => line.split("|").slice(1, -1));
  return (
    // Where a row has no room it scrolls by itself, with the keyboard too; on a phone its cells stand under each other.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className={classes.scroll} role="group" tabIndex={0} aria-label={head.map((cell) => cell.trim()).join(", ")}>
      <table>
        <thead>
          <tr>
            {head.map((cell) => (
              <th key={cell} scope="col">
                {inline(cell)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {body.map((cells) => (
            <tr key={cells[0]}>
              {cells.map((cell, column) => (
                <td key={cell} data-head={head[column]?.trim()}>
                  {inline(cell)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function inline(text: string): ReactNode[] {
  const parts: ReactNode[] = [];
  let end = 0;
  for (const match of text.matchAll(INLINE)) {
    const [whole, bold, code] = match;
    parts.push(text.slice(end, match.index));
    parts.push(bold ? <strong key={match.index}>{bold}</strong> : <code key={match.index}>{code}</code>);
    end = match.index + whole.length;
  }
  parts.push(text.slice(end));
  return parts;
}
