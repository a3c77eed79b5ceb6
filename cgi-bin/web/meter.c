#include "web/meter.h"

#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <talloc.h>
#include <unistd.h>

#define LAYOUT "1"   /* to be counted up when the structures below change */
#define SLOTS 1000   /* workers that can live at once */

_Static_assert(ATOMIC_LLONG_LOCK_FREE == 2, "numbers are shared between processes");
typedef _Atomic guint64 Number;

const gint64 meter_bounds[METER_BOUNDS] = {1000, 2500, 5000, 10000, 25000, 50000, 100000, 250000, 500000, 1000000, 2500000, 10000000};

typedef struct {
  Number buckets[METER_BOUNDS + 1];
  Number microseconds;
} SharedHistogram;

typedef struct {
  Number statuses[METER_CLASSES];
  SharedHistogram whole, database;
} SharedRoute;

typedef struct {
  Number started;
  Number memory;
} SharedWorker;

typedef struct {
  Number numbers[METER_NUMBERS];
  SharedWorker workers[SLOTS];
  SharedRoute routes[]; /* in their table's order, and one for addresses that there are not */
} Shared;

struct meter {
  const Route *routes;
  unsigned route_count;
  unsigned slot; /* this worker's */
  int file;
  gsize size;
  Shared *shared;
};

/* ---- the file ---- */

static int meter_free(Meter *meter) {
  if (meter->shared != NULL) munmap(meter->shared, meter->size);
  if (meter->file >= 0) close(meter->file);
  return 0;
}

/* Beside the socket that all workers accept from. */
static const char *own_path(void *owner, const char *path) {
  struct sockaddr_un address = {0};
  socklen_t length = sizeof address - 1;
  if (path[0] != '\0') return path;
  bool known = getsockname(STDIN_FILENO, (struct sockaddr *)&address, &length) == 0 && address.sun_family == AF_UNIX && address.sun_path[0] == '/';
  return known ? talloc_asprintf(owner, "%s.metrics", address.sun_path) : NULL;
}

static const char *layout_of(void *owner, const Route *routes, unsigned count) {
  GChecksum *sum = g_checksum_new(G_CHECKSUM_SHA256);
  g_checksum_update(sum, (const guchar *)LAYOUT, -1);
  for (unsigned i = 0; i < count; i++) {
    g_checksum_update(sum, (const guchar *)routes[i].method, -1);
    g_checksum_update(sum, (const guchar *)routes[i].pattern, -1);
  }
  const char *layout = talloc_strndup(owner, g_checksum_get_string(sum), 8);
  g_checksum_free(sum);
  return layout;
}

/* The room is asked for at once: a full disk must not end a worker later, when it counts. */
static bool map_file(Meter *meter, const char *path) {
  meter->file = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (meter->file < 0) return false;
  errno = posix_fallocate(meter->file, 0, (off_t)meter->size);
  if (errno != 0) return false;
  void *memory = mmap(NULL, meter->size, PROT_READ | PROT_WRITE, MAP_SHARED, meter->file, 0);
  if (memory == MAP_FAILED) return false;
  meter->shared = memory;
  return true;
}

static struct flock lock_of(unsigned slot) { return (struct flock){.l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = (off_t)slot, .l_len = 1}; }

/* False when every slot is somebody's. */
static bool take_slot(Meter *meter) {
  for (meter->slot = 0; meter->slot < SLOTS; meter->slot++) {
    struct flock lock = lock_of(meter->slot);
    if (fcntl(meter->file, F_OFD_SETLK, &lock) == 0) return true;
  }
  errno = EUSERS;
  return false;
}

static void begin(Meter *meter) {
  SharedWorker *worker = &meter->shared->workers[meter->slot];
  atomic_store_explicit(&worker->memory, 0, memory_order_relaxed);
  atomic_store_explicit(&worker->started, (guint64)(g_get_real_time() / G_USEC_PER_SEC), memory_order_relaxed);
  meter_add(meter, METER_WORKERS, 1);
}

Meter *meter_open(void *owner, const char *path, const Route *routes, unsigned count, GError **error) {
  Meter *meter = talloc_zero(owner, Meter);
  *meter = (Meter){.routes = routes, .route_count = count + 1, .file = -1, .size = sizeof(Shared) + (count + 1) * sizeof(SharedRoute)};
  talloc_set_destructor(meter, meter_free);
  const char *place = own_path(meter, path);
  const char *name = place != NULL ? talloc_asprintf(meter, "%s-%s", place, layout_of(meter, routes, count)) : NULL;
  if (name != NULL && map_file(meter, name) && take_slot(meter)) {
    begin(meter);
    return meter;
  }
  if (name == NULL) g_set_error(error, SUPPORTLEVEL_ERROR, ERROR_INTERNAL, "standard input is no Unix socket beside which a file could be: set metrics_file");
  else g_set_error(error, SUPPORTLEVEL_ERROR, ERROR_INTERNAL, "%s: %s", name, g_strerror(errno));
  talloc_free(meter);
  return NULL;
}

/* ---- counting ---- */

static void more(Number *number, guint64 amount) { atomic_fetch_add_explicit(number, amount, memory_order_relaxed); }

static void observe(SharedHistogram *histogram, gint64 microseconds) {
  unsigned bucket = 0;
  while (bucket < METER_BOUNDS && microseconds > meter_bounds[bucket]) bucket++;
  more(&histogram->buckets[bucket], 1);
  more(&histogram->microseconds, (guint64)MAX(microseconds, 0));
}

void meter_answer(Meter *meter, const Exchange *exchange, const RequestCost *cost) {
  unsigned index = exchange->route != NULL ? (unsigned)(exchange->route - meter->routes) : meter->route_count - 1;
  int class = exchange->response->status / 100;
  SharedRoute *route = &meter->shared->routes[index];
  more(&route->statuses[class >= 0 && class < METER_CLASSES ? class : 0], 1);
  observe(&route->whole, cost->whole);
  observe(&route->database, cost->database);
  meter_add(meter, METER_ROWS, cost->rows);
  meter_add(meter, METER_BYTES, cost->bytes);
}

void meter_add(Meter *meter, MeterNumber number, guint64 amount) {
  if (amount > 0) more(&meter->shared->numbers[number], amount);
}

void meter_memory(Meter *meter, guint64 memory) { atomic_store_explicit(&meter->shared->workers[meter->slot].memory, memory, memory_order_relaxed); }

/* ---- reading ---- */

static guint64 now(const Number *number) { return atomic_load_explicit(number, memory_order_relaxed); }

guint64 meter_number(const Meter *meter, MeterNumber number) { return now(&meter->shared->numbers[number]); }

unsigned meter_route_count(const Meter *meter) { return meter->route_count; }

static MeterHistogram histogram_now(const SharedHistogram *shared) {
  MeterHistogram histogram = {.microseconds = now(&shared->microseconds)};
  for (unsigned i = 0; i <= METER_BOUNDS; i++) histogram.buckets[i] = now(&shared->buckets[i]);
  return histogram;
}

MeterRoute meter_route(const Meter *meter, unsigned index) {
  const SharedRoute *shared = &meter->shared->routes[index];
  MeterRoute route = {.route = index + 1 < meter->route_count ? &meter->routes[index] : NULL};
  for (unsigned i = 0; i < METER_CLASSES; i++) route.statuses[i] = now(&shared->statuses[i]);
  route.whole = histogram_now(&shared->whole);
  route.database = histogram_now(&shared->database);
  return route;
}

/* Its own lock a process doesn't see. */
static bool lives(const Meter *meter, unsigned slot) {
  struct flock lock = lock_of(slot);
  return slot == meter->slot || (fcntl(meter->file, F_OFD_GETLK, &lock) == 0 && lock.l_type != F_UNLCK);
}

unsigned meter_workers(const Meter *meter, MeterWorker *list, unsigned most) {
  unsigned count = 0;
  for (unsigned slot = 0; slot < SLOTS && count < most; slot++) {
    const SharedWorker *worker = &meter->shared->workers[slot];
    /* A slot that never was anybody's is told by its beginning, without asking the kernel. */
    if (now(&worker->started) == 0 || !lives(meter, slot)) continue;
    list[count++] = (MeterWorker){slot, (gint64)now(&worker->started), now(&worker->memory)};
  }
  return count;
}
