"""Room search with combined filters among 100,000 rooms, through the gateway (INV-07)."""

import time

from .figure import Figure

FLOOR_MS = 1000
ROOMS = 100_000
RUNS = 20
QUESTION = {"filter": "state = AVAILABLE AND layout = C4 AND orientation = south AND floor >= 10 AND floor <= 40 AND "
                      "built_area_hundredths >= 9000 AND list_price <= 400000000",
            "query": "栋 1单元", "orderBy": "list_price desc"}


def first_page(system):
    api = system.api("admin")
    project = api.post("/v1/projects", {"displayName": "Bench search"})["name"]
    system.sql(f"""
        INSERT INTO inventory.rooms (tenant_id, id, project_id, building, entrance, floor, number, layout, orientation,
                                     built_area_hundredths, inner_area_hundredths, unit_price_minor, list_price_minor,
                                     price_version, state, state_time)
        SELECT p.tenant_id, gen_random_uuid(), p.id, (n / 1000) || '栋', '1单元', n % 50 + 1, n::text, 'C' || n % 9,
               CASE n % 2 WHEN 0 THEN 'south' ELSE 'north' END, 8000 + n % 7000, 0, 3000000, 240000000 + n % 7000 * 30000,
               1, 2, timestamptz '2026-01-01'
          FROM inventory.projects p, generate_series(1, {ROOMS}) n WHERE p.id = '{project.split("/")[1]}'""")
    system.sql("VACUUM ANALYZE inventory.rooms")
    took = []
    for _ in range(RUNS):
        started = time.monotonic()
        found = api.get(f"/v1/{project}/rooms", **QUESTION)["rooms"]
        took.append((time.monotonic() - started) * 1000)
        assert len(found) == 50, f"{len(found)} rooms on the first page"
    took.sort()
    worst = took[-1]
    yield Figure("search of 100,000 rooms", f"first page p50 {took[len(took) // 2]:.0f} ms, worst {worst:.0f} ms of {RUNS}",
                 f"<= {FLOOR_MS} ms", worst <= FLOOR_MS)
