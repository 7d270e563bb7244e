"""Kamailio of one instance: its configuration is telephony/kamailio's template with this instance's addresses."""

import string

from .home import ROOT

TEMPLATE = ROOT / "telephony/kamailio/kamailio.cfg.in"


def exists():
    return TEMPLATE.exists()
