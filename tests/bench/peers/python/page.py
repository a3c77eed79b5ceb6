"""The contract list as a WSGI application: Jinja2, mysqlclient, one connection a process."""
import base64
import datetime
import hashlib
import hmac
import os
from http.cookies import SimpleCookie
from urllib.parse import parse_qs, urlencode

import MySQLdb
import MySQLdb.cursors
from jinja2 import Environment, FileSystemLoader

ROWS = 50
STATUSES = [("upcoming", "künftig"), ("active", "aktiv"), ("cancelled", "gekündigt"), ("ended", "beendet")]
ROLES = {"viewer": "Lesen", "editor": "Bearbeiten", "admin": "Verwalten"}
RANGES = [{"name": name, "text": text} for name, text in (
    ("starts", "Beginn"), ("ends", "Ende"), ("notice", "Kündbar bis"), ("value", "Monatswert"), ("ended", "Zuletzt in Kraft"))]
COLUMNS = [{"class": kind, "sort": sort, "text": text, "sorted": text == "Nummer"} for kind, sort, text in (
    ("key", "-number", "Nummer"), ("title", "title", "Bezeichnung"), ("customer", "customer", "Kunde"), ("level", "level", "Level"),
    ("type", "type", "Art"), ("status", "status", "Status"), ("date", "starts", "Beginn"), ("date", "ends", "Ende"),
    ("date", "notice", "Kündbar bis"), ("number", "value", "Monatswert"))]
NEVER = datetime.date(9999, 12, 31)

SESSION = """SELECT user.name, IF(user.display_name = '', user.name, user.display_name) AS display_name, user.role
  FROM session JOIN user ON user.id = session.user_id
  WHERE session.id_hash = %s AND user.active AND session.used_at >= UTC_TIMESTAMP() - INTERVAL 8 HOUR
    AND session.created_at >= UTC_TIMESTAMP() - INTERVAL 24 HOUR"""
LEVELS = "SELECT id, code, name FROM support_level ORDER BY level_rank, id"
TYPES = "SELECT id, code, name FROM contract_type ORDER BY position, id"
USERS = "SELECT name, IF(display_name = '', name, display_name) AS display_name FROM user WHERE active ORDER BY name"
COUNTS = "SELECT level_id, status, SUM(contracts) AS contracts FROM contract_count GROUP BY level_id, status"
PAGE = """SELECT contract.id, contract.number, contract.title, contract.customer_id, contract.customer_name, contract.status,
    contract.starts_on, contract.term_ends_on, contract.notice_by, contract.monthly_value, contract.currency,
    contract_type.name AS type, support_level.code AS level, support_level.name AS level_name
  FROM contract FORCE INDEX (contract_by_number)
  LEFT JOIN contract_type ON contract_type.id = contract.type_id LEFT JOIN support_level ON support_level.id = contract.level_id
  WHERE contract.level_id IN %s AND contract.status IN %s ORDER BY contract.number, contract.id LIMIT %s"""

template = Environment(loader=FileSystemLoader(os.path.dirname(__file__)), autoescape=True, auto_reload=False).get_template("page.html")
connection = None


def rows_of(sql, values=None):
    """All rows of a statement; a lost connection is opened again once."""
    global connection
    for attempt in (1, 2):
        try:
            if connection is None:
                connection = MySQLdb.connect(
                    unix_socket=os.environ["BENCH_SOCKET"], user=os.environ["BENCH_USER"], passwd=os.environ["BENCH_PASSWORD"],
                    db="supportlevel", charset="utf8mb4", autocommit=True, cursorclass=MySQLdb.cursors.DictCursor)
            with connection.cursor() as cursor:
                cursor.execute(sql, values)
                return cursor.fetchall()
        except MySQLdb.OperationalError:
            connection = None
            if attempt == 2:
                raise


def unpadded(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def number(value):
    return f"{value:,}".replace(",", ".")


def day(value):
    return "–" if value == NEVER else f"{value.day:02}.{value.month:02}.{value.year:04}"


def money(value, currency):
    text = f"{value:,.2f}".replace(",", " ").replace(".", ",").replace(" ", ".")
    return f"{text} {'€' if currency == 'EUR' else currency}"


def address(levels, statuses):
    return "/contracts?" + urlencode([("level", code) for code in levels] + [("status", name) for name in statuses])


def level_choices(levels, codes, statuses, count):
    choices = []
    for level in [*levels, {"id": 0, "code": "none", "name": ""}]:
        code = level["code"]
        toggled = [other["code"] for other in levels if (other["code"] in codes) != (other is level)] + (["none"] if code == "none" else [])
        short = "— ohne —" if code == "none" else code
        choices.append({"code": code, "short": short, "text": f"{short} {level['name']}".strip(), "selected": code in codes,
                        "count": number(count(level["id"])), "url": address(toggled, statuses)})
    return choices


def shown(row):
    name, text = STATUSES[row["status"]]
    return {**row, "status": name, "status_text": text, "starts_on": day(row["starts_on"]), "term_ends_on": day(row["term_ends_on"]),
            "notice_by": day(row["notice_by"]), "monthly_value": money(row["monthly_value"], row["currency"])}


def contract_list(user, session, query):
    levels, types, users, counts = rows_of(LEVELS), rows_of(TYPES), rows_of(USERS), rows_of(COUNTS)
    codes, statuses = query.get("level", []), query.get("status", [])
    ids = {level["code"]: level["id"] for level in levels}
    places = [place for place, (name, _) in enumerate(STATUSES) if name in statuses]
    if not codes or not places or any(code not in ids for code in codes) or len(places) != len(statuses):
        return None
    kept = {(line["level_id"], line["status"]): int(line["contracts"]) for line in counts}

    def count(level):
        return sum(kept.get((level, place), 0) for place in places)

    found = rows_of(PAGE, ([ids[code] for code in codes], places, ROWS + 1))
    more, found = len(found) > ROWS, found[:ROWS]
    last = found[-1] if more else None
    parts = [{"text": f"Supportlevel {code}", "url": address([other for other in codes if other != code], statuses)} for code in codes]
    parts += [{"text": STATUSES[place][1], "url": address(codes, [name for name in statuses if name != STATUSES[place][0]])} for place in places]
    return template.render(
        user={"name": user["display_name"], "role": ROLES[user["role"]]}, csrf=unpadded(hmac.digest(session, b"token of forms", "sha256")),
        address=address(codes, statuses), query=address(codes, statuses).partition("?")[2], today=day(datetime.date.today()),
        levels=level_choices(levels, codes, statuses, count), types=types, users=users, ranges=RANGES, columns=COLUMNS, parts=parts,
        statuses=[{"name": name, "text": text, "selected": name in statuses} for name, text in STATUSES],
        total=number(sum(count(ids[code]) for code in codes)), rows=[shown(row) for row in found],
        next=unpadded(f"0.{last['id']}.{last['number']}".encode()) if last else None)


def application(environ, start_response):
    cookie = SimpleCookie(environ.get("HTTP_COOKIE", "")).get("supportlevel_session")
    session = base64.urlsafe_b64decode(cookie.value + "=") if cookie else b""
    users = rows_of(SESSION, (hashlib.sha256(session).digest(),))
    if not users:
        start_response("303 See Other", [("Location", "/login")])
        return [b""]
    page = contract_list(users[0], session, parse_qs(environ["QUERY_STRING"]))
    if page is None:
        start_response("400 Bad Request", [("Content-Type", "text/plain")])
        return [b"This selection is not understood.\n"]
    body = page.encode()
    start_response("200 OK", [("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(body))), ("Cache-Control", "no-store")])
    return [body]
