"""How long an agent waits for the caller's card: from the claim in telephony to the painted frame in Chromium."""

import contextlib
import datetime
import time

from e2e.live import Live
from harness.caller import Caller
from harness.child import until
from harness.console import Console

from .figure import Figure

CALLS = 20
FLOOR_MS = 300
PHONE = "13700009{:03}"


def painted(system):
    customers = {}
    for index in range(CALLS):
        phone = PHONE.format(index)
        customers[phone] = system.api("manager").post("/v1/customers", {
            "displayName": f"Bench {index}", "phones": [phone], "projects": [system.demo_facts()["project"]]})["name"]
    with Console(system) as console:
        page = console.ready_agent()
        agent = system.api("agent")
        times = sorted(one_call(system, page, agent, phone, customer) for phone, customer in customers.items())
    p50, p95 = times[len(times) // 2], times[int(len(times) * 0.95)]
    yield Figure("claim to painted card", f"p50 {p50:.0f} ms, p95 {p95:.0f} ms, worst {times[-1]:.0f} ms over {len(times)} calls",
                 f"p95 <= {FLOOR_MS} ms", p95 <= FLOOR_MS, "Chromium, the caller and every service share the cores")


def one_call(system, page, agent, phone, customer):
    """Milliseconds, both ends on this machine's clock."""
    until(lambda: agent.get("/v1/agents/me")["state"] not in ("RINGING", "TALKING"), 15, "the call before to be over")
    agent.post("/v1/agents/me:setState", {"state": "READY"})
    page.wait("[data-phone=READY]")
    begun = time.time()
    page.watch_for(f'[data-call-card="{customer}"]')
    with contextlib.ExitStack() as stack:
        live = stack.enter_context(Live(system.http_port, agent.token, topics="agents"))
        caller = Caller(stack, system, phone)
        until(caller.hears_something, 15, "the prompt at the caller")
        caller.press_until("2", lambda: page.is_there("[data-phone=RINGING]")["there"])
        shown = page.shown()["at"]
        claimed = claim_time(live, begun)
        page.click(".call-card .answer")
        page.wait("[data-phone=TALKING]")
        page.click(".call-card .hang-up")
        caller.hung_up_on()
    return (shown / 1000 - claimed) * 1000


def claim_time(live, begun):
    """Seconds since 1970 at which the agent was claimed: the first time it was said to be ringing."""
    def is_claim(event):
        return event.get("type", "").endswith(".AgentStateSignal") and event["payload"]["state"] == "RINGING" and since(event) > begun
    return since(live.wait_for(is_claim))


def since(event):
    return datetime.datetime.fromisoformat(event["payload"]["since"].replace("Z", "+00:00")).timestamp()
