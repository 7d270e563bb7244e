"""Kamailio of one instance: telephony/kamailio renders its configuration, this file says with which addresses."""

import importlib.util

from .home import ROOT

RENDER = ROOT / "telephony/kamailio/render.py"
ROLE = "lintel_kamailio"
SETTINGS = ("LINTEL_KAMAILIO_PHONES", "LINTEL_KAMAILIO_CALLS_PER_SECOND", "LINTEL_KAMAILIO_WORKERS",
            "LINTEL_KAMAILIO_REGISTRATION_SECONDS", "LINTEL_SIP_DOMAIN")


def _render():
    specification = importlib.util.spec_from_file_location("render", RENDER)
    module = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(module)
    return module


def folder(home):
    """Where its files and its RPC socket lie; telephony sends to the socket, so its path must be short."""
    (home / "run/kamailio").mkdir(exist_ok=True)
    return home.socket_folder(home / "run/kamailio")


def rpc_socket(home):
    return str(folder(home) / "rpc.sock")


def configure(home, ports, hosts, nodes, environment):
    """Writes the configuration; answers the command that runs it."""
    password = home.secret(ROLE + ".password")
    settings = {name: environment[name] for name in SETTINGS if name in environment} | {
        "LINTEL_KAMAILIO_SIP": f"{hosts['kamailio']}:{ports['sip']}",
        "LINTEL_KAMAILIO_WS": f"{hosts['kamailio-ws']}:{ports['kamailio-ws']}",
        "LINTEL_KAMAILIO_DB": f"postgres://{ROLE}:{password}@127.0.0.1:{ports['pg']}/lintel",
        "LINTEL_KAMAILIO_MEDIA": ",".join(f"{hosts[node]}:{ports[node]}" for node in nodes),
        "LINTEL_KAMAILIO_GATEWAY": hosts["gateway"],
    }
    module = _render()
    return module.command(module.render(folder(home), settings))
