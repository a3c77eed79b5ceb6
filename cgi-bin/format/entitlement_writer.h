/* entitlement_writer.h: what a customer may expect now, as JSON for telephone systems.
 *
 * {"at": "2026-02-11T10:15:00+01:00", "customer": {"id": 12, "number": "K-0012", "name": "Muster GmbH"},
 *  "entitled": true,                       a contract in force has a level
 *  "level": {"code": "L3", …} or null,     the best one, as in the contract that has it
 *  "contracts": [                          in force, the best level first
 *    {"id": 7, "number": "V-7", "title": "…", "type": "Wartungsvertrag", "status": "active", "ends_on": "2026-12-31" or null: open-ended,
 *     "level": null or
 *       {"code": "L3", "name": "…", "scope": "…", "channels": "…", "service_hours": "…",
 *        "response_minutes": 120 or null: no promise, "restore_minutes": …,
 *        "calendar": "LANG" or null: nothing of the following is known, "time_zone": "Europe/Berlin",
 *        "open": true, "opens_at": null or, while closed, a moment, "closes_at": a moment or, while closed or when always open, null,
 *        "respond_by": "2026-02-11T12:15:00+01:00" or null, "restore_by": …}}],
 *  "more": false,                          there are further contracts
 *  "ended_on": "2025-12-31" or null, "begins_on": null   where none is in force: the last one's end, the next one's beginning
 * }
 *
 * Where several customers are meant: {"at": …, "customer": null, "customers": [{"id": …, "number": …, "name": …, "city": …}], "more": false}. */
#ifndef SUPPORTLEVEL_FORMAT_ENTITLEMENT_WRITER_H
#define SUPPORTLEVEL_FORMAT_ENTITLEMENT_WRITER_H

#include "domain/entitlement.h"

/* Moments are written by the clocks of the level's calendar, `now` by those of `time_zone`. */
void entitlement_write(GString *json, const Entitlement *entitlement, gint64 now, const char *time_zone);

#endif
