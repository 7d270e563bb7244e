#!/usr/bin/env python3
"""Renders kamailio.cfg.in and its dispatcher list from the environment into a folder; prints the configuration's path.

    LINTEL_KAMAILIO_FOLDER   where kamailio.cfg, dispatcher.list and rpc.sock lie
    LINTEL_KAMAILIO_SIP      host:port for trunks, media nodes and (when allowed) phones, UDP
    LINTEL_KAMAILIO_WS       host:port for the gateway's WebSocket tunnels; trunks are never trusted here
    LINTEL_KAMAILIO_DB       postgres://lintel_kamailio:<password>@127.0.0.1:<port>/<database>
    LINTEL_KAMAILIO_MEDIA    host:port of each media node, comma separated; a name is looked up again every 5 s
    LINTEL_KAMAILIO_GATEWAY  addresses or networks (10.1.0.0/16) the gateway's tunnels come from, comma separated
    LINTEL_SIP_DOMAIN        realm of the agents' accounts, as telephony has it
    LINTEL_KAMAILIO_PHONES   1: accounts may register over UDP too (default 0)
    LINTEL_KAMAILIO_CALLS_PER_SECOND  new calls per trunk address (default 200)
    LINTEL_KAMAILIO_REGISTRATION_SECONDS  how long a registration lives before the phone must renew it (default 120, at least 5)
    LINTEL_KAMAILIO_WORKERS  processes per listener (default 2)
    LINTEL_KAMAILIO_RPC      where telephony's orders come in (default rpc.sock in the folder; udp:host:port in a cluster)

`render.py --run` goes on as Kamailio.

Kamailio must be started with PGOPTIONS="-c search_path=telephony": its tables lie in telephony's schema.
"""

import ipaddress
import os
import pathlib
import re
import sys

TEMPLATE = pathlib.Path(__file__).with_name("kamailio.cfg.in")


def render(folder, settings):
    """Writes both files; answers the configuration's path. KeyError names a missing setting."""
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    nodes = [node.strip() for node in settings["LINTEL_KAMAILIO_MEDIA"].split(",") if node.strip()]
    if not nodes:
        raise KeyError("LINTEL_KAMAILIO_MEDIA")
    dispatcher = folder / "dispatcher.list"
    dispatcher.write_text("".join(f"1 sip:{node} 0 10\n" for node in nodes), encoding="utf-8")
    values = {
        "SIP": settings["LINTEL_KAMAILIO_SIP"],
        "WS": settings["LINTEL_KAMAILIO_WS"],
        "DB": settings["LINTEL_KAMAILIO_DB"],
        "GATEWAY": networks(settings["LINTEL_KAMAILIO_GATEWAY"]),
        "REALM": settings["LINTEL_SIP_DOMAIN"],
        "PHONES": "1" if settings.get("LINTEL_KAMAILIO_PHONES") == "1" else "0",
        "CALLS_PER_SECOND": str(int(settings.get("LINTEL_KAMAILIO_CALLS_PER_SECOND", "200"))),
        "REGISTRATION": str(max(5, int(settings.get("LINTEL_KAMAILIO_REGISTRATION_SECONDS", "120")))),
        "WORKERS": str(int(settings.get("LINTEL_KAMAILIO_WORKERS", "2"))),
        "DISPATCHER": str(dispatcher),
        "RPC": settings.get("LINTEL_KAMAILIO_RPC", str(folder / "rpc.sock")),
    }
    text = re.sub(r"@([A-Z_]+)@", lambda match: values[match.group(1)] if match.group(1) in values else match.group(0),
                  TEMPLATE.read_text(encoding="utf-8"))
    configuration = folder / "kamailio.cfg"
    configuration.touch(mode=0o600)
    configuration.chmod(0o600)  # It holds the database's password.
    configuration.write_text(text, encoding="utf-8")
    return configuration


def networks(text):
    """An address is a network of one; ValueError names what is neither."""
    return ",".join(str(ipaddress.IPv4Network(one.strip())) for one in text.split(","))


def command(configuration):
    """Runs it in the foreground; each word is one argument."""
    folder = pathlib.Path(configuration).parent
    return ["/usr/sbin/kamailio", "-DD", "-E", "-f", str(configuration), "-P", str(folder / "kamailio.pid"),
            "-m", "64", "-M", "8", "-Y", str(folder)]


if __name__ == "__main__":
    try:
        rendered = render(os.environ["LINTEL_KAMAILIO_FOLDER"], os.environ)
    except KeyError as missing:
        sys.exit(f"{missing.args[0]} is not set; see the head of {__file__}")
    if sys.argv[1:] == ["--run"]:
        os.execv(command(rendered)[0], command(rendered))
    print(rendered)
