"""A project of 10,000 rooms to measure on, made once per run through the public API."""

ROOMS = 10_000
_BUILDINGS, _FLOORS, _UNITS = 10, 40, 25


def of(system):
    """The project's name; made on first use."""
    if not hasattr(system, "bench_project"):
        api = system.api("admin")
        project = api.post("/v1/projects", {"displayName": "Bench", "permits": [
            {"number": "B-1", "validFrom": {"year": 2026, "month": 1, "day": 1}}]})["name"]
        unit = {"builtAreaHundredths": 10000, "innerAreaHundredths": 8000}
        for building in range(_BUILDINGS):
            api.post(f"/v1/{project}/rooms:generate", {
                "building": f"{building + 1}栋", "entrance": "1单元", "firstFloor": 1, "lastFloor": _FLOORS,
                "units": [unit] * _UNITS, "unitPrice": {"minorUnits": "2000000", "currencyCode": "CNY"}, "available": True})
        system.sql("VACUUM ANALYZE")  # As autovacuum would within a minute: plans made for an empty table do not count.
        system.bench_project = project
    return system.bench_project


def rooms(system):
    project = of(system)
    if not hasattr(system, "bench_rooms"):
        system.bench_rooms = [room["name"] for room in system.api("admin").every(f"/v1/{project}/rooms", "rooms")]
    return system.bench_rooms


def tenant(system):
    return system.sql("SELECT tenant_id FROM inventory.projects LIMIT 1")
