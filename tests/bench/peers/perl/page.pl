#!/usr/bin/perl
# The contract list as a FastCGI worker: Text::Xslate (compiled once, escaping by itself), DBI with prepared statements that are kept.
use strict;
use warnings;
use utf8;

use DBI;
use Digest::SHA qw(hmac_sha256 sha256);
use Encode qw(encode_utf8);
use FCGI;
use FindBin;
use MIME::Base64 qw(decode_base64url encode_base64url);
use POSIX qw(strftime);
use Text::Xslate;

my $ROWS     = 50;
my @STATUSES = (['upcoming', 'künftig'], ['active', 'aktiv'], ['cancelled', 'gekündigt'], ['ended', 'beendet']);
my %ROLES    = (viewer => 'Lesen', editor => 'Bearbeiten', admin => 'Verwalten');
my @RANGES   = map { {name => $_->[0], text => $_->[1]} }
  (['starts', 'Beginn'], ['ends', 'Ende'], ['notice', 'Kündbar bis'], ['value', 'Monatswert'], ['ended', 'Zuletzt in Kraft']);
my @COLUMNS = map { {class => $_->[0], sort => $_->[1], text => $_->[2], sorted => $_->[2] eq 'Nummer'} } (
  ['key',      '-number',  'Nummer'], ['title',  'title',  'Bezeichnung'], ['customer', 'customer', 'Kunde'],
  ['level',    'level',    'Level'],  ['type',   'type',   'Art'],         ['status',   'status',   'Status'],
  ['date',     'starts',   'Beginn'], ['date',   'ends',   'Ende'],        ['date',     'notice',   'Kündbar bis'],
  ['number',   'value',    'Monatswert']);

my $SESSION = "SELECT user.name, IF(user.display_name = '', user.name, user.display_name) AS display_name, user.role
  FROM session JOIN user ON user.id = session.user_id
  WHERE session.id_hash = ? AND user.active AND session.used_at >= UTC_TIMESTAMP() - INTERVAL 8 HOUR
    AND session.created_at >= UTC_TIMESTAMP() - INTERVAL 24 HOUR";
my $LEVELS = 'SELECT id, code, name FROM support_level ORDER BY level_rank, id';
my $TYPES  = 'SELECT id, code, name FROM contract_type ORDER BY position, id';
my $USERS  = "SELECT name, IF(display_name = '', name, display_name) AS display_name FROM user WHERE active ORDER BY name";
my $COUNTS = 'SELECT level_id, status, SUM(contracts) AS contracts FROM contract_count GROUP BY level_id, status';
my $PAGE   = 'SELECT contract.id, contract.number, contract.title, contract.customer_id, contract.customer_name, contract.status,
    contract.starts_on, contract.term_ends_on, contract.notice_by, contract.monthly_value, contract.currency,
    contract_type.name AS type, support_level.code AS level, support_level.name AS level_name
  FROM contract FORCE INDEX (contract_by_number)
  LEFT JOIN contract_type ON contract_type.id = contract.type_id LEFT JOIN support_level ON support_level.id = contract.level_id
  WHERE contract.level_id IN (%s) AND contract.status IN (%s) ORDER BY contract.number, contract.id LIMIT ?';

my $database = DBI->connect("DBI:MariaDB:database=supportlevel;mariadb_socket=$ENV{BENCH_SOCKET}", $ENV{BENCH_USER}, $ENV{BENCH_PASSWORD},
  {RaiseError => 1, PrintError => 0, mariadb_server_prepare => 1, mariadb_auto_reconnect => 1});
my $xslate = Text::Xslate->new(path => [$FindBin::Bin], syntax => 'TTerse', cache_dir => $ENV{BENCH_CACHE}, cache => 2);

sub rows_of {
  my ($sql, @values) = @_;
  return $database->selectall_arrayref($database->prepare_cached($sql), {Slice => {}}, @values);
}

sub grouped {
  my $text = reverse shift;
  $text =~ s/(\d{3})(?=\d)/$1./g;
  return scalar reverse $text;
}

sub day {
  my ($day) = @_;
  return $day eq '9999-12-31' ? '–' : join '.', reverse split /-/, $day;
}

sub money {
  my ($value, $currency) = @_;
  my ($whole, $hundredths) = split /\./, $value;
  return grouped($whole) . ",$hundredths " . ($currency eq 'EUR' ? '€' : $currency);
}

sub address {
  my ($levels, $statuses) = @_;
  return '/contracts?' . join '&', (map { "level=$_" } @$levels), (map { "status=$_" } @$statuses);
}

sub without {
  my ($one, @all) = @_;
  return [grep { $_ ne $one } @all];
}

sub level_choices {
  my ($levels, $codes, $statuses, $kept) = @_;
  my %chosen = map { $_ => 1 } @$codes;
  my @all = (@$levels, {id => 0, code => 'none', name => ''});
  return [map {
    my $code = $_->{code};
    my $short = $code eq 'none' ? '— ohne —' : $code;
    my @toggled = grep { ($chosen{$_} xor $_ eq $code) } map { $_->{code} } @all;
    {code => $code, short => $short, text => length $_->{name} ? "$short $_->{name}" : $short, selected => $chosen{$code},
     count => grouped($kept->{$_->{id}} // 0), url => address(\@toggled, $statuses)};
  } @all];
}

sub shown {
  my ($row) = @_;
  my ($status, $text) = @{$STATUSES[$row->{status}]};
  return {%$row, status => $status, status_text => $text, (map { $_ => day($row->{$_}) } qw(starts_on term_ends_on notice_by)),
    monthly_value => money($row->{monthly_value}, $row->{currency})};
}

# The page; nothing for a selection that isn't understood.
sub contract_list {
  my ($user, $session, $query) = @_;
  my ($levels, $types, $users, $counts) = map { rows_of($_) } $LEVELS, $TYPES, $USERS, $COUNTS;
  my %values = (level => [], status => []);
  for my $pair (split /&/, $query) {
    my ($name, $value) = map { s/\+/ /gr =~ s/%([0-9A-Fa-f]{2})/chr hex $1/ger } split /=/, $pair, 2;
    push @{$values{$name}}, $value;
  }
  my ($codes, $statuses) = @values{qw(level status)};
  my %id = map { $_->{code} => $_->{id} } @$levels;
  my %place = map { $STATUSES[$_][0] => $_ } 0 .. $#STATUSES;
  return if !@$codes || !@$statuses || grep({ !defined $id{$_} } @$codes) || grep { !defined $place{$_} } @$statuses;
  my %selected = map { $place{$_} => 1 } @$statuses;
  my %kept;
  for (@$counts) { $kept{$_->{level_id}} += $_->{contracts} if $selected{$_->{status}} }
  my $total = 0;
  $total += $kept{$id{$_}} // 0 for @$codes;
  my $sql = sprintf $PAGE, join(', ', ('?') x @$codes), join(', ', ('?') x @$statuses);
  my $rows = rows_of($sql, @id{@$codes}, @place{@$statuses}, $ROWS + 1);
  my $last = @$rows > $ROWS ? $rows->[$ROWS - 1] : undef;
  splice @$rows, $ROWS if $last;
  my $address = address($codes, $statuses);
  return $xslate->render('page.tx', {
    user => {name => $user->{display_name}, role => $ROLES{$user->{role}}}, csrf => encode_base64url(hmac_sha256('token of forms', $session)),
    address => $address, query => (split /\?/, $address)[1], today => strftime('%d.%m.%Y', localtime),
    levels => level_choices($levels, $codes, $statuses, \%kept), types => $types, users => $users, ranges => \@RANGES, columns => \@COLUMNS,
    statuses => [map { {name => $_->[0], text => $_->[1], selected => $selected{$place{$_->[0]}}} } @STATUSES],
    parts => [(map { {text => "Supportlevel $_", url => address(without($_, @$codes), $statuses)} } @$codes),
      (map { {text => $STATUSES[$place{$_}][1], url => address($codes, without($_, @$statuses))} } @$statuses)],
    total => grouped($total), rows => [map { shown($_) } @$rows], after => $last && encode_base64url("0.$last->{id}.$last->{number}"),
  });
}

sub answer {
  my ($environment) = @_;
  my ($cookie) = ($environment->{HTTP_COOKIE} // '') =~ /(?:^|; )supportlevel_session=([^;]*)/;
  my $session = decode_base64url($cookie // '');
  my $find = $database->prepare_cached($SESSION);
  $find->bind_param(1, sha256($session), DBI::SQL_BINARY);
  my $user = $database->selectrow_hashref($find);
  $find->finish;
  return "Status: 303 See Other\r\nLocation: /login\r\n\r\n" if !$user;
  my $page = contract_list($user, $session, $environment->{QUERY_STRING});
  return "Status: 400 Bad Request\r\nContent-Type: text/plain\r\n\r\nThis selection is not understood.\n" if !defined $page;
  my $body = encode_utf8($page);
  return "Content-Type: text/html; charset=utf-8\r\nContent-Length: " . length($body) . "\r\nCache-Control: no-store\r\n\r\n$body";
}

my %environment;
my $request = FCGI::Request(\*STDIN, \*STDOUT, \*STDERR, \%environment);
while ($request->Accept >= 0) {
  print answer(\%environment);
}
