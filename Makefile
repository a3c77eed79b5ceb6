# make run     builds what is needed and starts everything on http://127.0.0.1:8080/
# make cluster starts three databases, two web nodes and a balancer; make check-cluster kills them in turn under load
# make check-sso   signs people in by Kerberos, LDAP and OpenID Connect, with servers of its own
# make check   runs every test; the last line is "N passed, N failed"
#
# make check-faults  breaks things while people write, for some ten minutes
#
# make bench   measures and prints ratios, kept in tests/bench/results
#
# make build, make unit, make lint, make sanitize, make clean: the parts.
# make install DESTDIR= PREFIX=/usr/local   a system-wide installation, with units for systemd
# make deb     builds the Debian package below build/package; make check-package tries it in a Debian system of its own
# Settings of make run: WEB=apache|nginx PORT= WORKERS= MOUNT= DATABASE=mariadb://user:password@host/name

BUILD ?= build
CC ?= gcc

export WEB PORT WORKERS MOUNT DATABASE

# talloc's macros are statement expressions, which Clang calls an extension.
WARNINGS = -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Werror -Wno-gnu-statement-expression
HARDENING = -D_FORTIFY_SOURCE=3 -fstack-protector-strong -fPIE
LINK_HARDENING = -pie -Wl,-z,relro,-z,now
OPTIMISATION = -O2 -g
ifdef SANITIZE
# The sanitizers check what FORTIFY_SOURCE would, and better.
HARDENING = -fPIE -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer
LINK_HARDENING = -pie -fsanitize=address,undefined
OPTIMISATION = -O1 -g
endif
ifdef FUZZ
# What libFuzzer needs to see which way an input takes.
HARDENING += -fsanitize=fuzzer-no-link
endif

# Asked for only when something is compiled: `make run` installs pkg-config first.
PACKAGES = glib-2.0 libmariadb libsodium talloc jansson libical gmime-3.0 xlsxwriter libarchive expat
PACKAGE_FLAGS = $(shell pkg-config --cflags $(PACKAGES) | sed 's/-I/-isystem /g')
ALL_CFLAGS = -std=c17 -D_GNU_SOURCE $(OPTIMISATION) $(WARNINGS) $(HARDENING) -Icgi-bin -isystem /usr/include/ClearSilver $(PACKAGE_FLAGS) $(PLACES) $(CFLAGS)
LIBRARIES = $(shell pkg-config --libs $(PACKAGES)) -lcsv -lmagic -lz -lm
WEB_LIBRARIES = -lfcgi -lneo_cgi -lneo_cs -lneo_utl

# The rooms, ground floor first; the programs take from the archives what they use.
LOWER_SOURCES = $(wildcard cgi-bin/domain/*.c cgi-bin/repository/*.c cgi-bin/format/*.c)
UPPER_SOURCES = $(wildcard cgi-bin/web/*.c cgi-bin/pages/*.c)
TOOL_SOURCES = $(wildcard cgi-bin/tool/*.c)
TEST_SOURCES = $(wildcard tests/unit/test_*.c)
TEST_SUPPORT_SOURCES = $(filter-out $(TEST_SOURCES),$(wildcard tests/unit/*.c))
FUZZ_SOURCES = $(wildcard tests/fuzz/fuzz_*.c)

# What the program needs of the database: /healthz says when one is missing there.
MIGRATIONS = $(basename $(notdir $(sort $(wildcard sql/[0-9]*.sql))))

objects = $(patsubst %.c,$(BUILD)/obj/%.o,$(1))
LOWER = $(BUILD)/liblower.a
UPPER = $(BUILD)/libupper.a
PROGRAM = $(BUILD)/supportlevel.fcgi
TOOL = $(BUILD)/supportlevel
TESTS = $(patsubst tests/unit/%.c,$(BUILD)/unit/%,$(TEST_SOURCES))
FUZZERS = $(patsubst tests/fuzz/fuzz_%.c,$(BUILD)/fuzz/%,$(FUZZ_SOURCES))

# What is installed knows its places (cgi-bin/domain/places.h): a build of its own for each.
PREFIX ?= /usr/local
SYSCONFDIR ?= /etc
UNITDIR ?= $(PREFIX)/lib/systemd/system
ifdef INSTALLED
PLACES = -DPLACE_OF_FILES='"$(PREFIX)/share/supportlevel/"' -DPLACE_OF_SETTINGS='"$(SYSCONFDIR)/supportlevel/supportlevel.conf"'
else
INSTALLED_BUILD = $(BUILD)/installed$(PREFIX)$(SYSCONFDIR)
endif

.PHONY: build run cluster check screenshots check-cluster check-faults check-security check-sso unit tests lint sanitize fuzz fuzzers bench clean install installed deb check-package
.DELETE_ON_ERROR:

build: $(PROGRAM) $(TOOL)

run:
	@scripts/packages.sh run
	@$(MAKE) --no-print-directory build
	@scripts/run.sh

check:
	@scripts/packages.sh check
	@scripts/check.sh

cluster:
	@scripts/packages.sh cluster
	@$(MAKE) --no-print-directory build
	@scripts/cluster.sh

# Pictures of every page, to be looked at: build/screenshots/index.html.
screenshots:
	@scripts/packages.sh check
	@$(MAKE) --no-print-directory build
	@cd tests && npm ci --no-audit --no-fund --loglevel=error
	@node tests/run.mjs screenshots

check-cluster:
	@scripts/packages.sh check
	@scripts/packages.sh cluster
	@$(MAKE) --no-print-directory build
	@cd tests && npm ci --no-audit --no-fund --loglevel=error
	@timeout 480 node tests/cluster/kill.mjs

check-faults:
	@scripts/packages.sh faults
	@scripts/faults.sh

check-sso:
	@scripts/packages.sh sso
	@scripts/sso.sh

tests: $(TESTS) $(FUZZERS)

unit: tests
	@scripts/unit.sh $(TESTS) $(FUZZERS)

# GLib's macros are told to cppcheck; NULL at the end of a list of arguments is a pointer on every POSIX system; memcpy and fscanf have no safer twin in glibc;
# the fields of a struct stand in the order in which they are read, whatever that costs in padding.
lint:
	@scripts/packages.sh lint
	cppcheck --quiet --error-exitcode=1 --std=c11 --library=gtk --enable=warning,performance,portability --inline-suppr \
	  --suppress=missingIncludeSystem --suppress=varFuncNullUB '-DG_GNUC_PRINTF(a,b)=' '-DG_STRINGIFY(x)=""' '-DG_DEFINE_QUARK(a,b)=' \
	  -DG_GNUC_NULL_TERMINATED= -D_GNU_SOURCE '-DMIGRATIONS=""' -Icgi-bin cgi-bin
	printf '%s\n' $(wildcard cgi-bin/*.c cgi-bin/*/*.c) | xargs -P "$$(nproc)" -I '{}' \
	  clang-tidy --quiet --checks='-clang-analyzer-security.insecureAPI.DeprecatedOrUnsafeBufferHandling,-clang-analyzer-optin.performance.Padding' --warnings-as-errors='*' '{}' -- -std=c17 -D_GNU_SOURCE '-DMIGRATIONS=""' -Icgi-bin -isystem /usr/include/ClearSilver $(PACKAGE_FLAGS)

# Figures as ratios, measured side by side. BENCH_ROWS=1m for a million contracts.
bench: build
	@scripts/packages.sh bench
	@node tests/bench/pages.mjs
	@node tests/bench/transfer.mjs

sanitize:
	$(MAKE) --no-print-directory BUILD=build-asan SANITIZE=1 build unit

# Each reader, fed with what nobody would send, for so many seconds.
fuzz:
	@scripts/packages.sh fuzz
	@$(MAKE) --no-print-directory BUILD=build-fuzz SANITIZE=1 FUZZ=1 CC=clang fuzzers
	@scripts/fuzz.sh

fuzzers: $(FUZZERS)

# The attacking side; takes its time. SECURITY_SECONDS bounds sqlmap, FUZZ_SECONDS each fuzzer.
check-security:
	@scripts/packages.sh security
	@scripts/security.sh

installed:
	$(MAKE) --no-print-directory BUILD=$(INSTALLED_BUILD) INSTALLED=1 PREFIX=$(PREFIX) SYSCONFDIR=$(SYSCONFDIR) build

install: installed
	@BUILD=$(INSTALLED_BUILD) DESTDIR=$(DESTDIR) PREFIX=$(PREFIX) SYSCONFDIR=$(SYSCONFDIR) UNITDIR=$(UNITDIR) scripts/install.sh

deb:
	@scripts/packages.sh package
	@scripts/deb.sh

check-package:
	@scripts/packages.sh package
	@tests/package/run.sh

clean:
	rm -rf build build-asan build-fuzz

$(BUILD)/obj/cgi-bin/pages/health_page.o: ALL_CFLAGS += '-DMIGRATIONS="$(MIGRATIONS)"'
$(BUILD)/obj/cgi-bin/pages/health_page.o: $(wildcard sql/[0-9]*.sql)

$(BUILD)/obj/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(ALL_CFLAGS) -MMD -MP -c -o $@ $<

# Made anew, so that the object of a deleted source file doesn't stay in it.
$(LOWER): $(call objects,$(LOWER_SOURCES))
	@rm -f $@
	ar rcs $@ $^

$(UPPER): $(call objects,$(UPPER_SOURCES))
	@rm -f $@
	ar rcs $@ $^

$(PROGRAM): $(BUILD)/obj/cgi-bin/main.o $(UPPER) $(LOWER)
	$(CC) $(LINK_HARDENING) $(LDFLAGS) -o $@ $^ $(WEB_LIBRARIES) $(LIBRARIES)

$(TOOL): $(call objects,$(TOOL_SOURCES)) $(LOWER)
	$(CC) $(LINK_HARDENING) $(LDFLAGS) -o $@ $^ -lneo_utl $(LIBRARIES)

$(BUILD)/unit/%: $(BUILD)/obj/tests/unit/%.o $(call objects,$(TEST_SUPPORT_SOURCES)) $(UPPER) $(LOWER)
	@mkdir -p $(@D)
	$(CC) $(LINK_HARDENING) $(LDFLAGS) -o $@ $^ -lcmocka $(WEB_LIBRARIES) $(LIBRARIES)

# With libFuzzer's own main, or the one that reads the kept inputs once.
FUZZ_MAIN = $(if $(FUZZ),,$(BUILD)/obj/tests/fuzz/replay.o)
$(BUILD)/fuzz/%: $(BUILD)/obj/tests/fuzz/fuzz_%.o $(BUILD)/obj/tests/fuzz/support.o $(FUZZ_MAIN) $(UPPER) $(LOWER)
	@mkdir -p $(@D)
	$(CC) $(LINK_HARDENING) $(if $(FUZZ),-fsanitize=fuzzer) $(LDFLAGS) -o $@ $^ $(WEB_LIBRARIES) $(LIBRARIES)

.SECONDARY:

-include $(shell find $(BUILD)/obj -name '*.d' 2>/dev/null)
