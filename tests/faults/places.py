"""Where in its work a request was when `sales` died, read from what is written and what is not."""

BEFORE_RPC = "before an RPC"
AFTER_RPC = "after it, before the commit"
AFTER_COMMIT = "after the commit, before the reply"
PLACES = (BEFORE_RPC, AFTER_RPC, AFTER_COMMIT)

# Per step: the document's state in sales, and whether the other service has done its part.
FACTS = {
    "hold": ("SELECT state FROM sales.holds WHERE room_id = '{room}'",
             "SELECT count(*) FROM inventory.claims WHERE room_id = '{room}'"),
    "subscription": ("SELECT state FROM sales.subscriptions WHERE room_id = '{room}'",
                     "SELECT count(*) FROM finance.accounts WHERE room_id = '{room}'"),
    "contract": ("SELECT state FROM sales.contracts WHERE room_id = '{room}'",
                 "SELECT count(contract_id) FROM finance.accounts WHERE room_id = '{room}'"),
}


def query(attempt):
    """One row `step|room|state|done` for the attempt's facts."""
    room = attempt.room.rsplit("/", 1)[1]
    state, done = (text.format(room=room) for text in FACTS[attempt.step])
    return f"SELECT '{attempt.step}', '{room}', coalesce(({state}), ''), ({done})"


def classify(system, attempts):
    """Place of each attempt on sales' documents; all facts are read in one statement."""
    attempts = [attempt for attempt in attempts if attempt.step in FACTS]
    if not attempts:
        return []
    rows = system.sql(" UNION ALL ".join(map(query, attempts))).splitlines()
    known = {tuple(row.split("|")[:2]): row.split("|")[2:] for row in rows}
    return [(attempt, place(*known[attempt.step, attempt.room.rsplit("/", 1)[1]])) for attempt in attempts]


def place(state, done):
    if state == "":
        return BEFORE_RPC
    if state == "PENDING":
        return AFTER_RPC if int(done) > 0 else BEFORE_RPC
    return AFTER_COMMIT
