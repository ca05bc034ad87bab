"""The configuration of the livekit-server that runs here: livekit.yaml with this start's ports and addresses."""

import socket
from pathlib import Path
from typing import Any

import yaml

from embedded.keys import LIVEKIT_API_KEY
from embedded.settings import EmbeddedSettings

TEMPLATE = Path(__file__).resolve().parent.parent / "livekit.yaml"


def livekit_config(settings: EmbeddedSettings, *, port: int, udp_port: int, webhook_url: str) -> dict[str, Any]:
    config: dict[str, Any] = yaml.safe_load(TEMPLATE.read_text())
    config["port"] = port
    config["bind_addresses"] = sorted({"127.0.0.1", settings.bind_host})
    config["webhook"] = {"api_key": LIVEKIT_API_KEY, "urls": [webhook_url]}
    rtc = config["rtc"]
    rtc["udp_port"] = udp_port
    rtc["tcp_port"] = settings.livekit_tcp_port
    if settings.livekit_node_ip is not None:
        rtc["node_ip"] = settings.livekit_node_ip
        del rtc["interfaces"]
        if _is_ours(settings.livekit_node_ip):
            own = f"{settings.livekit_node_ip}/{128 if ':' in settings.livekit_node_ip else 32}"
            rtc["ips"] = {"includes": sorted({"127.0.0.1/32", own})}
    return config


def _is_ours(address: str) -> bool:
    """False for an address that a router translates: then media come in on whichever address it sends them to."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family, socket.SOCK_DGRAM) as probe:
        try:
            probe.bind((address, 0))
        except OSError:
            return False
    return True
