-- The database and its two accounts, in a MariaDB on the same machine. Its administrator runs it once: mariadb < database.sql
-- The accounts need no password: the server asks the system who is at its socket. The program's can create, alter and drop nothing; the other only reads
-- (without the right to triggers a backup would lack them).
CREATE DATABASE IF NOT EXISTS supportlevel CHARACTER SET utf8mb4 COLLATE utf8mb4_uca1400_ai_ci;
CREATE USER IF NOT EXISTS supportlevel@localhost IDENTIFIED VIA unix_socket, `supportlevel-backup`@localhost IDENTIFIED VIA unix_socket;
GRANT SELECT, INSERT, UPDATE, DELETE ON supportlevel.* TO supportlevel@localhost;
GRANT SELECT, TRIGGER ON supportlevel.* TO `supportlevel-backup`@localhost;
