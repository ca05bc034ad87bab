"""The sizes and themes that the page is looked at in."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from playwright.async_api import ViewportSize

ROOT = Path(__file__).resolve().parents[2]
SCREENSHOTS = ROOT / "artifacts" / "screens"


@dataclass(frozen=True)
class Screen:
    name: str
    viewport: ViewportSize
    color_scheme: Literal["light", "dark"]
    is_phone: bool = False


DESKTOP = Screen("desktop", {"width": 1280, "height": 800}, "light")
PHONE = Screen("phone", {"width": 360, "height": 740}, "dark", is_phone=True)
EVERY_SCREEN = [
    Screen(f"{size.name}-{scheme}", size.viewport, scheme, size.is_phone)
    for size in (DESKTOP, PHONE)
    for scheme in ("light", "dark")
]
"""Both sizes in both themes."""
