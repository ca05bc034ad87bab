"""Reading the YAML files of this package: a key given twice is an error, not a silent loss."""

from collections.abc import Hashable
from pathlib import Path
from typing import Any

import yaml

# libyaml reads the bank about ten times as fast; the pure loader is there for platforms without it.
_BaseLoader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _StrictLoader(_BaseLoader):
    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        seen: set[Hashable] = set()
        for key_node, _ in node.value:
            key = self.construct_object(key_node, deep=True)
            if key in seen:
                raise yaml.constructor.ConstructorError(
                    "while reading a mapping", node.start_mark, f"key {key!r} is given twice", key_node.start_mark
                )
            seen.add(key)
        return super().construct_mapping(node, deep=deep)


def read_yaml(path: Path) -> Any:
    """The content of a YAML file of plain data."""
    with path.open(encoding="utf-8") as file:
        return yaml.load(file, Loader=_StrictLoader)  # noqa: S506 - a subclass of the safe loader
