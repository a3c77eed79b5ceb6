<?php
// The contract list with mysqli on a persistent connection; the template is PHP, compiled once by opcache.
declare(strict_types=1);

const ROWS = 50;
const STATUSES = ['upcoming' => 'künftig', 'active' => 'aktiv', 'cancelled' => 'gekündigt', 'ended' => 'beendet'];
const ROLES = ['viewer' => 'Lesen', 'editor' => 'Bearbeiten', 'admin' => 'Verwalten'];
const RANGES = [
    ['name' => 'starts', 'text' => 'Beginn'], ['name' => 'ends', 'text' => 'Ende'], ['name' => 'notice', 'text' => 'Kündbar bis'],
    ['name' => 'value', 'text' => 'Monatswert'], ['name' => 'ended', 'text' => 'Zuletzt in Kraft'],
];
const COLUMNS = [
    ['class' => 'key', 'sort' => '-number', 'text' => 'Nummer', 'sorted' => true], ['class' => 'title', 'sort' => 'title', 'text' => 'Bezeichnung', 'sorted' => false],
    ['class' => 'customer', 'sort' => 'customer', 'text' => 'Kunde', 'sorted' => false], ['class' => 'level', 'sort' => 'level', 'text' => 'Level', 'sorted' => false],
    ['class' => 'type', 'sort' => 'type', 'text' => 'Art', 'sorted' => false], ['class' => 'status', 'sort' => 'status', 'text' => 'Status', 'sorted' => false],
    ['class' => 'date', 'sort' => 'starts', 'text' => 'Beginn', 'sorted' => false], ['class' => 'date', 'sort' => 'ends', 'text' => 'Ende', 'sorted' => false],
    ['class' => 'date', 'sort' => 'notice', 'text' => 'Kündbar bis', 'sorted' => false], ['class' => 'number', 'sort' => 'value', 'text' => 'Monatswert', 'sorted' => false],
];
const SESSION = "SELECT user.name, IF(user.display_name = '', user.name, user.display_name) AS display_name, user.role
    FROM session JOIN user ON user.id = session.user_id
    WHERE session.id_hash = ? AND user.active AND session.used_at >= UTC_TIMESTAMP() - INTERVAL 8 HOUR
      AND session.created_at >= UTC_TIMESTAMP() - INTERVAL 24 HOUR";
const LEVELS = 'SELECT id, code, name FROM support_level ORDER BY level_rank, id';
const TYPES = 'SELECT id, code, name FROM contract_type ORDER BY position, id';
const USERS = "SELECT name, IF(display_name = '', name, display_name) AS display_name FROM user WHERE active ORDER BY name";
const COUNTS = 'SELECT level_id, status, SUM(contracts) AS contracts FROM contract_count GROUP BY level_id, status';
const PAGE = 'SELECT contract.id, contract.number, contract.title, contract.customer_id, contract.customer_name, contract.status,
      contract.starts_on, contract.term_ends_on, contract.notice_by, contract.monthly_value, contract.currency,
      contract_type.name AS type, support_level.code AS level, support_level.name AS level_name
    FROM contract FORCE INDEX (contract_by_number)
    LEFT JOIN contract_type ON contract_type.id = contract.type_id LEFT JOIN support_level ON support_level.id = contract.level_id
    WHERE contract.level_id IN (%s) AND contract.status IN (%s) ORDER BY contract.number, contract.id LIMIT ?';

function h(string|int $text): string
{
    return htmlspecialchars((string) $text, ENT_QUOTES | ENT_SUBSTITUTE, 'UTF-8');
}

function unpadded(string $bytes): string
{
    return rtrim(strtr(base64_encode($bytes), '+/', '-_'), '=');
}

function grouped(int $number): string
{
    return number_format($number, 0, ',', '.');
}

function day(string $day): string
{
    return $day === '9999-12-31' ? '–' : substr($day, 8) . '.' . substr($day, 5, 2) . '.' . substr($day, 0, 4);
}

function money(string $value, string $currency): string
{
    return number_format((float) $value, 2, ',', '.') . ' ' . ($currency === 'EUR' ? '€' : $currency);
}

function address(array $levels, array $statuses): string
{
    $parts = array_merge(array_map(fn ($code) => 'level=' . rawurlencode($code), $levels), array_map(fn ($name) => 'status=' . rawurlencode($name), $statuses));
    return '/contracts?' . implode('&', $parts);
}

/** The values of a parameter that may be repeated, which $_GET does not keep. */
function values(string $name): array
{
    preg_match_all('/(?:^|&)' . $name . '=([^&]*)/', $_SERVER['QUERY_STRING'], $found);
    return array_map('urldecode', $found[1]);
}

function marks(array $values): string
{
    return implode(', ', array_fill(0, count($values), '?'));
}

function level_choices(array $levels, array $codes, array $statuses, callable $count): array
{
    $all = [...$levels, ['id' => 0, 'code' => 'none', 'name' => '']];
    $choices = [];
    foreach ($all as $level) {
        $toggled = [];
        foreach ($all as $other) {
            if (in_array($other['code'], $codes, true) !== ($other === $level)) {
                $toggled[] = $other['code'];
            }
        }
        $short = $level['code'] === 'none' ? '— ohne —' : $level['code'];
        $choices[] = ['code' => $level['code'], 'short' => $short, 'text' => trim("$short {$level['name']}"), 'selected' => in_array($level['code'], $codes, true),
            'count' => grouped($count((int) $level['id'])), 'url' => address($toggled, $statuses)];
    }
    return $choices;
}

function selection_parts(array $codes, array $statuses): array
{
    $parts = [];
    foreach ($codes as $code) {
        $parts[] = ['text' => "Supportlevel $code", 'url' => address(array_values(array_diff($codes, [$code])), $statuses)];
    }
    foreach ($statuses as $name) {
        $parts[] = ['text' => STATUSES[$name], 'url' => address($codes, array_values(array_diff($statuses, [$name])))];
    }
    return $parts;
}

function shown(array $row): array
{
    $status = array_keys(STATUSES)[$row['status']];
    return ['status' => $status, 'status_text' => STATUSES[$status], 'starts_on' => day($row['starts_on']), 'term_ends_on' => day($row['term_ends_on']),
        'notice_by' => day($row['notice_by']), 'monthly_value' => money($row['monthly_value'], $row['currency'])] + $row;
}

/** What the template shows; null for a selection that is not understood. */
function contract_list(mysqli $database, array $user, string $session): ?array
{
    [$levels, $types, $users, $counts] = array_map(fn ($sql) => $database->query($sql)->fetch_all(MYSQLI_ASSOC), [LEVELS, TYPES, USERS, COUNTS]);
    [$codes, $statuses] = [values('level'), values('status')];
    $ids = array_column($levels, 'id', 'code');
    if (!$codes || !$statuses || array_diff($codes, array_keys($ids)) || array_diff($statuses, array_keys(STATUSES))) {
        return null;
    }
    $chosen = array_map(fn ($code) => (int) $ids[$code], $codes);
    $places = array_map(fn ($name) => array_search($name, array_keys(STATUSES), true), $statuses);
    $kept = [];
    foreach ($counts as $line) {
        if (in_array((int) $line['status'], $places, true)) {
            $kept[$line['level_id']] = ($kept[$line['level_id']] ?? 0) + (int) $line['contracts'];
        }
    }
    $count = fn (int $level) => $kept[$level] ?? 0;
    $rows = $database->execute_query(sprintf(PAGE, marks($chosen), marks($places)), [...$chosen, ...$places, ROWS + 1])->fetch_all(MYSQLI_ASSOC);
    $last = count($rows) > ROWS ? $rows[ROWS - 1] : null;
    return [
        'user' => ['name' => $user['display_name'], 'role' => ROLES[$user['role']]], 'csrf' => unpadded(hash_hmac('sha256', 'token of forms', $session, true)),
        'address' => address($codes, $statuses), 'query' => explode('?', address($codes, $statuses))[1], 'today' => date('d.m.Y'),
        'levels' => level_choices($levels, $codes, $statuses, $count), 'types' => $types, 'users' => $users, 'ranges' => RANGES, 'columns' => COLUMNS,
        'statuses' => array_map(fn ($name) => ['name' => $name, 'text' => STATUSES[$name], 'selected' => in_array($name, $statuses, true)], array_keys(STATUSES)),
        'parts' => selection_parts($codes, $statuses), 'total' => grouped(array_sum(array_map($count, $chosen))),
        'rows' => array_map('shown', array_slice($rows, 0, ROWS)), 'next' => $last ? unpadded("0.{$last['id']}.{$last['number']}") : null,
    ];
}

function show(array $list): void
{
    extract($list);
    require __DIR__ . '/template.php';
}

mysqli_report(MYSQLI_REPORT_ERROR | MYSQLI_REPORT_STRICT);
$database = new mysqli('p:localhost', getenv('BENCH_USER'), getenv('BENCH_PASSWORD'), 'supportlevel', 0, getenv('BENCH_SOCKET'));
$database->set_charset('utf8mb4');
$session = base64_decode(strtr($_COOKIE['supportlevel_session'] ?? '', '-_', '+/'));
$user = $database->execute_query(SESSION, [hash('sha256', $session, true)])->fetch_assoc();
if (!$user) {
    header('Location: /login', true, 303);
    return;
}
$list = contract_list($database, $user, $session);
if ($list === null) {
    http_response_code(400);
    header('Content-Type: text/plain');
    echo "This selection is not understood.\n";
    return;
}
header('Content-Type: text/html; charset=utf-8');
header('Cache-Control: no-store');
show($list);
