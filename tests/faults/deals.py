"""Clients that buy: each takes a room of its own from hold to receipt and writes down what was acknowledged."""

import dataclasses
import queue
import threading
import time
import uuid

from local.rest import Refusal, Unanswered

STEPS = ("hold", "subscription", "contract", "receipt")
# Answers that ask to come again with the same key.
AGAIN = {"IN_PROGRESS", "SERVICE_AWAY", "DATABASE_AWAY", "OVERLOADED", "COMMIT_IN_DOUBT", "STOPPING"}
AGAIN_STATUS = {429, 499, 503, 504}
PATIENCE_SECONDS = 90


@dataclasses.dataclass
class Attempt:
    """One request on its way, as the killer sees it."""
    step: str
    room: str
    broken: threading.Event = dataclasses.field(default_factory=threading.Event)   # Ended without an answer.
    ended: threading.Event = dataclasses.field(default_factory=threading.Event)


@dataclasses.dataclass
class Deal:
    """What one client was told."""
    room: str
    keys: dict = dataclasses.field(default_factory=dict)
    bodies: dict = dataclasses.field(default_factory=dict)
    answers: dict = dataclasses.field(default_factory=dict)
    tries: int = 0


class Client(threading.Thread):
    """Buys room after room until the queue is empty or it is told to stop after the deal at hand."""

    def __init__(self, system, world, rooms, deals):
        super().__init__(daemon=True)
        self.system, self.api = system, system.api("admin")
        self.world, self.rooms, self.deals = world, rooms, deals
        self.attempt, self.failure, self.ending = None, None, threading.Event()

    def run(self):
        try:
            while not self.ending.is_set():
                deal = Deal(self.rooms.get_nowait())
                for step in STEPS:
                    self.take(deal, step)
                self.deals.append(deal)
        except queue.Empty:
            return
        except Exception as error:  # Reported by the test, which owns the thread.
            self.failure = error

    def take(self, deal, step):
        """One step until it is acknowledged, always with the same key and body."""
        path, body = self.request(deal, step)
        key = deal.keys.setdefault(step, str(uuid.uuid4()))
        deal.bodies[step] = (path, body)
        deadline = time.monotonic() + PATIENCE_SECONDS
        while True:
            deal.tries += 1
            self.attempt = attempt = Attempt(step, deal.room)
            try:
                if self.api is None:
                    self.api = self.system.api("admin")
                deal.answers[step] = self.api.post(path, body, key)
                return
            except Unanswered:
                attempt.broken.set()
            except Refusal as refusal:
                if refusal.status == 401:
                    self.api = None  # The token has had its time.
                elif refusal.status not in AGAIN_STATUS and refusal.reason not in AGAIN:
                    raise AssertionError(f"{step} of {deal.room}, try {deal.tries}: {refusal}") from refusal
                attempt.broken.set()
            finally:
                attempt.ended.set()
            if time.monotonic() > deadline:
                raise AssertionError(f"{step} of {deal.room} was not answered within {PATIENCE_SECONDS} s")
            time.sleep(0.2)  # As a polite client would, before it asks again.

    def request(self, deal, step):
        told = deal.answers
        if step == "hold":
            return "/v1/holds", {"room": deal.room, "customer": self.world.customer, "consultant": self.world.consultant}
        if step == "subscription":
            return "/v1/subscriptions", {
                "room": deal.room, "buyers": [{"customer": self.world.customer}], "paymentPlan": self.world.plan,
                "hold": told["hold"]["name"], "consultant": self.world.consultant}
        if step == "contract":
            return "/v1/contracts", {"subscription": told["subscription"]["name"]}
        return "/v1/receipts", {"contract": told["contract"]["name"], "amount": told["subscription"]["deposit"],
                                "method": "TRANSFER"}


@dataclasses.dataclass
class World:
    """What deals are made of: a project of many rooms, one customer, one plan."""
    project: str
    rooms: list
    customer: str
    consultant: str
    plan: str


def make_world(system):
    api = system.api("admin")
    project = api.post("/v1/projects", {"displayName": "Faults", "permits": [
        {"number": "F-1", "validFrom": {"year": 2026, "month": 1, "day": 1}}]})["name"]
    unit = {"builtAreaHundredths": 10000, "innerAreaHundredths": 8000}
    for building in range(4):
        api.post(f"/v1/{project}/rooms:generate", {
            "building": f"{building + 1}栋", "firstFloor": 1, "lastFloor": 40, "units": [unit] * 20,
            "unitPrice": {"minorUnits": "2000000", "currencyCode": "CNY"}, "available": True})
    api.post("/v1/contractNumberRanges", {"project": project, "prefix": "F-", "first": "1", "last": "99999", "digits": 5})
    policy = api.get(f"/v1/{project}/policy")
    api.patch(f"/v1/{project}/policy", {**policy, "deposit": {"minorUnits": "2000000", "currencyCode": "CNY"}})
    facts = system.demo_facts()
    return World(project, [room["name"] for room in api.every(f"/v1/{project}/rooms", "rooms")],
                 facts["customers"][0], facts["consultant"], facts["paymentPlans"][0])
