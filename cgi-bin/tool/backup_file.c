#include "tool/backup_file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <talloc.h>
#include <time.h>
#include <unistd.h>
#include <zlib.h>

#define SUFFIX ".sql.gz"
#define SUM_SUFFIX ".sha256"
#define PART_SUFFIX ".part"
#define MOMENT_SIZE sizeof "20260211T101500Z"
#define PACKING "wb3"          /* a third of the time of zlib's own choice, for a tenth more bytes */
#define BLOCK (64 * 1024)

struct backup_file {
  const char *stem;      /* of the database, without the moment */
  const char *directory;
  const char *path;      /* that it will have */
  const char *part;      /* that it has until then */
  int folder;            /* the directory, locked */
  gzFile packed;         /* NULL: closed */
  guint64 size;
};

static bool fail(GError **error, const char *what, const char *why) {
  g_set_error(error, SUPPORTLEVEL_ERROR, ERROR_INTERNAL, "%s: %s", what, why);
  return false;
}

static int backup_file_free(BackupFile *file) {
  if (file->packed != NULL) gzclose(file->packed);
  if (file->part != NULL) unlink(file->part);
  if (file->folder >= 0) close(file->folder);
  return 0;
}

/* ---- writing ---- */

/* What one that was killed has left; there is no other writer, since the directory is locked. */
static void remove_parts(const char *directory) {
  GDir *listing = g_dir_open(directory, 0, NULL);
  for (const char *name = listing != NULL ? g_dir_read_name(listing) : NULL; name != NULL; name = g_dir_read_name(listing)) {
    if (!g_str_has_suffix(name, SUFFIX PART_SUFFIX)) continue;
    char *path = g_build_filename(directory, name, NULL);
    unlink(path);
    g_free(path);
  }
  if (listing != NULL) g_dir_close(listing);
}

static bool open_part(BackupFile *file, GError **error) {
  file->folder = open(file->directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (file->folder < 0) return fail(error, file->directory, g_strerror(errno));
  if (flock(file->folder, LOCK_EX | LOCK_NB) != 0) {
    g_set_error(error, SUPPORTLEVEL_ERROR, ERROR_CONFLICT, "another backup is being written into %s", file->directory);
    return false;
  }
  remove_parts(file->directory);
  const char *part = talloc_asprintf(file, "%s" PART_SUFFIX, file->path);
  int descriptor = open(part, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (descriptor < 0) return fail(error, part, g_strerror(errno));
  file->part = part;
  file->packed = gzdopen(descriptor, PACKING);
  if (file->packed != NULL) return true;
  close(descriptor);
  return fail(error, part, "there is no memory");
}

BackupFile *backup_file_new(void *owner, const char *directory, const char *database, GError **error) {
  char moment[MOMENT_SIZE];
  struct tm utc;
  const time_t now = time(NULL);
  strftime(moment, sizeof moment, "%Y%m%dT%H%M%SZ", gmtime_r(&now, &utc));
  BackupFile *file = talloc_zero(owner, BackupFile);
  file->folder = -1;
  talloc_set_destructor(file, backup_file_free);
  file->directory = talloc_strdup(file, directory);
  file->stem = g_strcanon(talloc_strdup(file, database), G_CSET_a_2_z G_CSET_A_2_Z G_CSET_DIGITS "_", '_');
  file->path = talloc_asprintf(file, "%s/%s-%s" SUFFIX, directory, file->stem, moment);
  if (open_part(file, error)) return file;
  talloc_free(file);
  return NULL;
}

bool backup_file_write(BackupFile *file, const char *bytes, gsize length, GError **error) {
  return length == 0 || gzwrite(file->packed, bytes, (unsigned)length) == (int)length || fail(error, file->part, g_strerror(errno));
}

static bool sync_file(const char *path, GError **error) {
  int descriptor = open(path, O_RDONLY | O_CLOEXEC);
  bool synced = descriptor >= 0 && fsync(descriptor) == 0;
  if (!synced) fail(error, path, g_strerror(errno));
  if (descriptor >= 0) close(descriptor);
  return synced;
}

/* ---- checking ---- */

/* Reads the packed bytes for their sum. */
static char *sum_of(const char *path, GError **error) {
  char block[BLOCK];
  int descriptor = open(path, O_RDONLY | O_CLOEXEC);
  GChecksum *sum = g_checksum_new(G_CHECKSUM_SHA256);
  gssize came = descriptor >= 0 ? 1 : -1;
  while (came > 0 && (came = read(descriptor, block, sizeof block)) > 0) g_checksum_update(sum, (guchar *)block, came);
  if (came < 0) fail(error, path, g_strerror(errno));
  char *text = came == 0 ? g_strdup(g_checksum_get_string(sum)) : NULL;
  if (descriptor >= 0) close(descriptor);
  g_checksum_free(sum);
  return text;
}

/* mariadb-dump ends with this line, and only when it has written all before it. */
static bool ends_as_dump(const char *end) {
  const char *line = strstr(end, "\n-- Dump completed");
  return line != NULL && strchr(line + 1, '\n') != NULL && strchr(line + 1, '\n')[1] == '\0';
}

/* Unpacks it whole, for the checksum that gzip has at its end, and looks at its last line. */
static bool unpacks(const char *path, GError **error) {
  char block[BLOCK];
  char end[2 * 100 + 1] = "";
  gzFile packed = gzopen(path, "rb");
  if (packed == NULL) return fail(error, path, g_strerror(errno));
  int came = 0;
  while ((came = gzread(packed, block, sizeof block)) > 0) {
    /* The last 100 bytes, whatever the blocks are. */
    char *both = g_strdup_printf("%s%.*s", end, MIN(came, 100), block + came - MIN(came, 100));
    gsize length = strlen(both);
    g_strlcpy(end, both + (length > 100 ? length - 100 : 0), sizeof end);
    g_free(both);
  }
  bool packed_once = gzdirect(packed) == 0;
  bool whole = gzclose(packed) == Z_OK && came == 0 && packed_once;
  return (whole && ends_as_dump(end)) || fail(error, path, whole ? "it does not end as a backup does" : "it is damaged or no backup");
}

static bool sum_fits(const char *path, bool *summed, GError **error) {
  char *sum_path = g_strconcat(path, SUM_SUFFIX, NULL);
  char *expected = NULL;
  *summed = g_file_get_contents(sum_path, &expected, NULL, NULL);
  char *sum = *summed ? sum_of(path, error) : NULL;
  bool fits = !*summed || (sum != NULL && g_str_has_prefix(expected, sum));
  if (sum != NULL && !fits) fail(error, path, "it is not what its checksum file says");
  g_free(sum);
  g_free(expected);
  g_free(sum_path);
  return fits;
}

bool backup_file_check(const char *path, bool *summed, GError **error) { return sum_fits(path, summed, error) && unpacks(path, error); }

/* ---- finishing ---- */

static bool write_sum(const BackupFile *file, GError **error) {
  GError *problem = NULL;
  char *sum = sum_of(file->part, error);
  if (sum == NULL) return false;
  char *name = g_path_get_basename(file->path);
  char *line = g_strdup_printf("%s  %s\n", sum, name);
  char *path = g_strconcat(file->path, SUM_SUFFIX, NULL);
  bool written = g_file_set_contents_full(path, line, -1, G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600, &problem);
  if (!written) fail(error, path, problem->message);
  g_clear_error(&problem);
  g_free(path);
  g_free(line);
  g_free(name);
  g_free(sum);
  return written;
}

bool backup_file_finish(BackupFile *file, GError **error) {
  struct stat facts;
  gzFile packed = file->packed;
  file->packed = NULL;
  if (gzclose(packed) != Z_OK) return fail(error, file->part, g_strerror(errno));
  if (access(file->path, F_OK) == 0) return fail(error, file->path, "it is there already");
  /* The checksum first: what has the name of a backup can be checked. */
  if (!sync_file(file->part, error) || !unpacks(file->part, error) || !write_sum(file, error)) return false;
  if (stat(file->part, &facts) != 0 || rename(file->part, file->path) != 0 || fsync(file->folder) != 0) return fail(error, file->path, g_strerror(errno));
  file->part = NULL;
  file->size = (guint64)facts.st_size;
  return true;
}

const char *backup_file_path(const BackupFile *file) { return file->path; }

guint64 backup_file_size(const BackupFile *file) { return file->size; }

/* ---- keeping only the newest ---- */

static bool is_backup_of(const char *name, const char *stem) {
  gsize length = strlen(stem);
  if (strncmp(name, stem, length) != 0 || name[length] != '-') return false;
  const char *moment = name + length + 1;
  return strlen(moment) == MOMENT_SIZE - 1 + strlen(SUFFIX) && strspn(moment, "0123456789TZ") == MOMENT_SIZE - 1 && strcmp(moment + MOMENT_SIZE - 1, SUFFIX) == 0;
}

static int newest_first(gconstpointer a, gconstpointer b) { return strcmp(*(char *const *)b, *(char *const *)a); }

static bool remove_one(const BackupFile *file, const char *name, GError **error) {
  char *path = g_build_filename(file->directory, name, NULL);
  char *sum_path = g_strconcat(path, SUM_SUFFIX, NULL);
  bool removed = unlink(path) == 0 || fail(error, path, g_strerror(errno));
  if (removed) unlink(sum_path);
  g_free(sum_path);
  g_free(path);
  return removed;
}

bool backup_file_prune(const BackupFile *file, unsigned keep, unsigned *removed, GError **error) {
  *removed = 0;
  GDir *listing = g_dir_open(file->directory, 0, NULL);
  if (listing == NULL) return fail(error, file->directory, g_strerror(errno));
  GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
  for (const char *name = g_dir_read_name(listing); name != NULL; name = g_dir_read_name(listing)) {
    if (is_backup_of(name, file->stem)) g_ptr_array_add(names, g_strdup(name));
  }
  g_dir_close(listing);
  g_ptr_array_sort(names, newest_first);
  bool done = true;
  for (unsigned i = keep; done && i < names->len; i++) *removed += done = remove_one(file, names->pdata[i], error);
  g_ptr_array_unref(names);
  return done;
}
