# SPDX-License-Identifier: EUPL-1.2
# Padan's build. `make` builds build/padan; every room becomes one archive, and a
# test links only the rooms its own room may look into (src/LAYERS).
#
#   make check        layers, tidy, unit and contract tests: some minutes
#   make test-ROOM    the unit, contract and fault tests of one room
#   make long         the tests of many nodes, in their long forms
#   make asan|tsan    the same suites under sanitizers, in build/asan, build/tsan
#   make bench        figures beside rivals; make fuzz: one harness per parser

BUILD ?= build
CC ?= cc
STD := -std=gnu17
WARN := -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wpointer-arith -Wvla -Wformat=2 -Werror
OPT ?= -O2 -g
HARDEN := -D_FORTIFY_SOURCE=2 -fstack-protector-strong -fPIE
SAN ?=
PKGS := libmicrohttpd gnutls sqlite3 libpq libsodium jansson libseccomp libsystemd libqrencode pangocairo pangoft2 fontconfig liboath libcurl zlib libzip expat
PKG_CFLAGS := $(shell pkg-config --cflags $(PKGS))
PKG_LIBS := $(shell pkg-config --libs $(PKGS)) -linih -lm -pthread
CFLAGS := $(STD) $(WARN) $(OPT) $(if $(SAN),-fsanitize=$(SAN) -fno-omit-frame-pointer,$(HARDEN)) -D_GNU_SOURCE -iquote src -iquote $(BUILD)/gen $(PKG_CFLAGS)
LDFLAGS := $(if $(SAN),-fsanitize=$(SAN),-pie -Wl,-z,relro,-z,now)

.PHONY: all check clean install uninstall asan tsan bench fuzz deb tidy layers lint
.SECONDARY:
.DELETE_ON_ERROR:
all: $(BUILD)/padan

# ---- rooms ----
ROOMS := $(shell awk -F: '/^[a-z]/{print $$1}' src/LAYERS)
$(foreach r,$(ROOMS),$(eval SEES_$(r) := $(shell awk -F: '$$1=="$(r)"{print $$2}' src/LAYERS)))
grow = $(sort $(1) $(foreach r,$(1),$(SEES_$(r))))
closure = $(call grow,$(call grow,$(call grow,$(call grow,$(1)))))
sql_of = $(wildcard src/$(1)/*.sql)
page_of = $(wildcard src/$(1)/template/*.html)
gen_h = $(patsubst src/%.sql,$(BUILD)/gen/%.sql.h,$(call sql_of,$(1))) \
	$(foreach p,$(call page_of,$(1)),$(BUILD)/gen/$(1)/$(basename $(notdir $(p))).page.h) \
	$(if $(wildcard src/$(1)/asset/*),$(BUILD)/gen/$(1)/assets.h) $(gen_$(1))
# beside those: the OpenAPI document, and the pages about it
gen_api := $(BUILD)/gen/api/openapi.h
gen_web := $(BUILD)/gen/web/guide_api_pages.h
objs_of = $(patsubst src/%.c,$(BUILD)/obj/%.o,$(wildcard src/$(1)/*.c)) \
	$(patsubst $(BUILD)/gen/%.h,$(BUILD)/obj/gen/%.o,$(call gen_h,$(1)))

define room
# the folder itself: a file that came or went makes a new archive
$(BUILD)/$(1).a: $(call objs_of,$(1)) $(wildcard src/$(1))
	@rm -f $$@
	@ar rcsD $$@ $$(filter %.o,$$^)
$(filter $(BUILD)/obj/$(1)/%,$(call objs_of,$(1))) $(filter $(BUILD)/obj/gen/$(1)/%,$(call objs_of,$(1))): | $(foreach r,$(call closure,$(1)),$(call gen_h,$(r)))
endef
$(foreach r,$(ROOMS),$(eval $(call room,$(r))))

$(BUILD)/obj/%.o: src/%.c
	@mkdir -p $(@D)
	@echo "  cc $<"
	@$(CC) $(CFLAGS) -MMD -MP -c $< -o $@
$(BUILD)/obj/gen/%.o: $(BUILD)/gen/%.c
	@mkdir -p $(@D)
	@$(CC) $(CFLAGS) -MMD -MP -c $< -o $@

# data files inside the program (base/embed.h)
$(BUILD)/obj/identity/common_password.o: data/common_passwords.txt
$(BUILD)/obj/agreement/workday.o: data/workday.csv
$(BUILD)/obj/agreement/demo.o: $(wildcard data/agreement/*.json)
$(BUILD)/obj/pdf/letter.o: $(wildcard data/naskah/*.txt)

$(BUILD)/padan: $(BUILD)/obj/main.o $(foreach r,$(ROOMS),$(BUILD)/$(r).a)
	@echo "  link $@"
	@$(CC) $(LDFLAGS) -o $@ $< -Wl,--start-group $(filter %.a,$^) -Wl,--end-group $(PKG_LIBS)
$(BUILD)/obj/main.o: | $(foreach r,$(ROOMS),$(call gen_h,$(r)))

# ---- tools of the build: mksql, mkpage, mkasset, layers, tidy ----
TOOLS := build/tools
$(TOOLS)/mkasset: TOOL_LIBS := -lz -lbrotlienc -lsodium
$(TOOLS)/mkopenapi $(TOOLS)/mkguide: TOOL_LIBS := -ljansson
$(TOOLS)/%: tools/%.c
	@mkdir -p $(@D)
	@$(CC) $(STD) $(WARN) -O1 -g -D_GNU_SOURCE -iquote src $< -o $@ $(TOOL_LIBS)
$(TOOLS)/mkpage: tools/mkpage.c tools/mkpage_html.c tools/mkpage.h
$(TOOLS)/mksql: tools/mksql.c tools/mksql_text.c tools/mksql_emit.c tools/mksql.h
$(TOOLS)/mkguide: tools/mkguide.c tools/mkguide_schema.c tools/mkguide.h
$(TOOLS)/mkpage $(TOOLS)/mksql $(TOOLS)/mkguide:
	@mkdir -p $(@D)
	@$(CC) $(STD) $(WARN) -O1 -g -D_GNU_SOURCE -iquote src $(filter %.c,$^) -o $@ $(TOOL_LIBS)
$(BUILD)/gen/%.sql.h $(BUILD)/gen/%.sql.c: src/%.sql $(TOOLS)/mksql
	@mkdir -p $(@D)
	@$(TOOLS)/mksql $< $(BUILD)/gen/$*.sql.h $(BUILD)/gen/$*.sql.c
$(BUILD)/gen/test/%.sql.h $(BUILD)/gen/test/%.sql.c: test/%.sql $(TOOLS)/mksql
	@mkdir -p $(@D)
	@$(TOOLS)/mksql $< $(BUILD)/gen/test/$*.sql.h $(BUILD)/gen/test/$*.sql.c
define pages
$(BUILD)/gen/$(1)/%.page.h $(BUILD)/gen/$(1)/%.page.c: src/$(1)/template/%.html $(TOOLS)/mkpage
	@mkdir -p $$(@D)
	@$(TOOLS)/mkpage $$< $(BUILD)/gen/$(1)/$$*.page.h $(BUILD)/gen/$(1)/$$*.page.c
$(BUILD)/gen/$(1)/assets.h $(BUILD)/gen/$(1)/assets.c &: $(wildcard src/$(1)/asset/*) $(TOOLS)/mkasset
	@mkdir -p $$(@D)
	@$(TOOLS)/mkasset $(BUILD)/gen/$(1)/assets.h $(BUILD)/gen/$(1)/assets.c $(sort $(wildcard src/$(1)/asset/*))
endef
$(eval $(call pages,web))
$(BUILD)/gen/api/openapi.json: $(wildcard src/api/openapi/*.json) src/api/openapi $(TOOLS)/mkopenapi
	@mkdir -p $(@D)
	@$(TOOLS)/mkopenapi $@ $(sort $(filter %.json,$^))
$(BUILD)/gen/api/openapi.h $(BUILD)/gen/api/openapi.c &: $(BUILD)/gen/api/openapi.json $(TOOLS)/mkasset
	@$(TOOLS)/mkasset $(BUILD)/gen/api/openapi.h $(BUILD)/gen/api/openapi.c $<
$(BUILD)/gen/web/guide_api_pages.h $(BUILD)/gen/web/guide_api_pages.c &: $(BUILD)/gen/api/openapi.json $(TOOLS)/mkguide
	@mkdir -p $(@D)
	@$(TOOLS)/mkguide $(BUILD)/gen/web/guide_api_pages.h $(BUILD)/gen/web/guide_api_pages.c $<

# ---- tests: test/{unit,contract,fault}/<room>/<name>_test.c ----
tests_of = $(patsubst %.c,$(BUILD)/%,$(wildcard test/unit/$(1)/*_test.c test/contract/$(1)/*_test.c test/fault/$(1)/*_test.c))
ALL_TESTS := $(foreach r,$(ROOMS) tools,$(call tests_of,$(r)))
define room_tests
$(call tests_of,$(1)): $(BUILD)/test/%: test/%.c $(foreach r,$(call closure,$(1)),$(BUILD)/$(r).a)
	@mkdir -p $$(@D)
	@$(CC) $(CFLAGS) -Itest -MMD -MP -o $$@ $$< $(LDFLAGS) -Wl,--start-group $$(filter %.a,$$^) -Wl,--end-group -lcmocka $(PKG_LIBS)
.PHONY: test-$(1)
test-$(1): $(call tests_of,$(1))
	@tools/run-tests $$^
endef
$(foreach r,$(ROOMS),$(eval $(call room_tests,$(r))))
$(call tests_of,store): | $(BUILD)/gen/test/contract/store/sample.sql.h $(TOOLS)/mksql $(TOOLS)/layers

# the tools of the build are tested with a sample of their own
$(BUILD)/gen/test/sample.page.h $(BUILD)/gen/test/sample.page.c &: test/unit/http/sample.html $(TOOLS)/mkpage
	@mkdir -p $(@D)
	@$(TOOLS)/mkpage $< $(BUILD)/gen/test/sample.page.h $(BUILD)/gen/test/sample.page.c
$(BUILD)/gen/test/assets.h $(BUILD)/gen/test/assets.c &: $(wildcard test/unit/http/asset/*) $(TOOLS)/mkasset
	@mkdir -p $(@D)
	@$(TOOLS)/mkasset $(BUILD)/gen/test/assets.h $(BUILD)/gen/test/assets.c $(sort $(wildcard test/unit/http/asset/*))
$(BUILD)/test/unit/http/mkpage_test: $(BUILD)/gen/test/sample.page.h
$(BUILD)/test/unit/http/mkasset_test: $(BUILD)/gen/test/assets.h
# a page whose examples are tried (base/embed.h)
$(BUILD)/test/unit/registry/match_doc_test: doc/matching.md

# ---- fuzz: test/fuzz/<room>_<parser>.c is linked with what its room may look into ----
FUZZERS := $(basename $(notdir $(wildcard test/fuzz/*.c)))
fuzz_room = $(or $(filter $(firstword $(subst _, ,$(1))),$(ROOMS)),base)
define fuzzer
$(BUILD)/bin/$(1): test/fuzz/$(1).c $(foreach r,$(call closure,$(call fuzz_room,$(1))),$(BUILD)/$(r).a)
	@mkdir -p $$(@D)
	@$(CC) $(CFLAGS) -fsanitize=fuzzer -MMD -MP -o $$@ $$< $(LDFLAGS) -Wl,--start-group $$(filter %.a,$$^) -Wl,--end-group $(PKG_LIBS)
endef
$(foreach f,$(FUZZERS),$(eval $(call fuzzer,$(f))))
.PHONY: fuzzers
fuzzers: $(addprefix $(BUILD)/bin/,$(FUZZERS))
FUZZ_SECONDS ?= 10
fuzz:
	@$(MAKE) BUILD=build/fuzz CC=clang SAN=fuzzer-no-link,address,undefined OPT="-O1 -g" fuzzers
	@tools/run-fuzz $(FUZZ_SECONDS)

tests: $(ALL_TESTS)
check: all layers tidy tests
	@tools/run-tests $(ALL_TESTS)
layers: $(TOOLS)/layers
	@$(TOOLS)/layers src/LAYERS src
tidy:
	@tools/tidy

# figures of the registry: make bench-registry, make bench-nation N=5000000
$(BUILD)/bench/registry_bench: bench/registry_bench.c $(foreach r,$(call closure,registry),$(BUILD)/$(r).a)
	@mkdir -p $(@D)
	@$(CC) $(CFLAGS) -MMD -MP -o $@ $< $(LDFLAGS) -Wl,--start-group $(filter %.a,$^) -Wl,--end-group $(PKG_LIBS)
.PHONY: bench-registry bench-nation
bench-registry: $(BUILD)/bench/registry_bench
	@$< import $(BUILD)/bench/registry $(or $(N),1000000)
bench-nation: $(BUILD)/bench/registry_bench
	@$< nation $(BUILD)/bench/registry $(or $(N),280000000)

# how fast the matching is, and how well it parts people: make bench-match [SEED=n]
$(BUILD)/bench/match_bench: bench/match_bench.c $(foreach r,$(call closure,registry),$(BUILD)/$(r).a)
	@mkdir -p $(@D)
	@$(CC) $(CFLAGS) -MMD -MP -o $@ $< $(LDFLAGS) -Wl,--start-group $(filter %.a,$^) -Wl,--end-group $(PKG_LIBS)
.PHONY: bench-match
bench-match: $(BUILD)/bench/match_bench
	@$< $(or $(SEED),101)

# figures of the pattern guard, on seeds it was not tuned on
$(BUILD)/bench/guard: bench/guard.c $(foreach r,$(call closure,policy),$(BUILD)/$(r).a)
	@mkdir -p $(@D)
	@$(CC) $(CFLAGS) -MMD -MP -o $@ $< $(LDFLAGS) -Wl,--start-group $(filter %.a,$^) -Wl,--end-group $(PKG_LIBS)
.PHONY: bench-guard
bench-guard: $(BUILD)/bench/guard
	@$< $(SEEDS) $(FIRST)

# what a debt costs in the tray, and how long a list holds it
$(BUILD)/bench/feedback: bench/feedback.c $(foreach r,$(call closure,feedback),$(BUILD)/$(r).a)
	@mkdir -p $(@D)
	@$(CC) $(CFLAGS) -MMD -MP -o $@ $< $(LDFLAGS) -Wl,--start-group $(filter %.a,$^) -Wl,--end-group $(PKG_LIBS)
.PHONY: bench-feedback
bench-feedback: $(BUILD)/bench/feedback
	@rm -f $(BUILD)/bench/feedback.db*
	@$< $(or $(PADAN_BENCH_URL),sqlite:$(BUILD)/bench/feedback.db)

# what a program's list of its own inquiries and the sums by day cost
$(BUILD)/bench/usage: bench/usage.c $(foreach r,$(call closure,journal),$(BUILD)/$(r).a)
	@mkdir -p $(@D)
	@$(CC) $(CFLAGS) -MMD -MP -o $@ $< $(LDFLAGS) -Wl,--start-group $(filter %.a,$^) -Wl,--end-group $(PKG_LIBS)

bench-usage: $(BUILD)/bench/usage
	@rm -f $(BUILD)/bench/usage.db*
	@$< $(or $(PADAN_BENCH_URL),sqlite:$(BUILD)/bench/usage.db)

# who looked at a NIK, among HISTORY_ENTRIES entries: make bench-history [HISTORY_ENTRIES=1000000]
$(BUILD)/bench/history: bench/history.c $(foreach r,$(call closure,journal),$(BUILD)/$(r).a)
	@mkdir -p $(@D)
	@$(CC) $(CFLAGS) -MMD -MP -o $@ $< $(LDFLAGS) -Wl,--start-group $(filter %.a,$^) -Wl,--end-group $(PKG_LIBS)
.PHONY: bench-history
bench-history: $(BUILD)/bench/history
	@rm -f $(BUILD)/bench/history.db*
	@$< $(or $(PADAN_BENCH_URL),sqlite:$(BUILD)/bench/history.db) $(or $(HISTORY_ENTRIES),100000000)

# what a report over a long journal costs, and what inquiries notice of it: BENCH_ENTRIES, BENCH_SECONDS, BENCH_ROUNDS
$(BUILD)/bench/report: bench/report.c $(foreach r,$(call closure,cli),$(BUILD)/$(r).a)
	@mkdir -p $(@D)
	@$(CC) $(CFLAGS) -MMD -MP -o $@ $< $(LDFLAGS) -Wl,--start-group $(filter %.a,$^) -Wl,--end-group $(PKG_LIBS)
.PHONY: bench-report
bench-report: $(BUILD)/padan $(BUILD)/bench/report $(BUILD)/bench/office
	@bench/report.sh

# one at a time: script/test builds them beside the suites that come before
asan:
	@mkdir -p build/asan && flock build/asan/lock $(MAKE) BUILD=build/asan SAN=address,undefined OPT="-O1 -g" all tests
tsan:
	@mkdir -p build/tsan && flock build/tsan/lock $(MAKE) BUILD=build/tsan SAN=thread OPT="-O1 -g" all tests
print-cflags:
	@echo '$(filter-out -Werror,$(CFLAGS)) -Werror'
clean:
	rm -rf build

# not those of asan, tsan and fuzz, who may be building beside this: half a line would end it
-include $(shell find $(BUILD) \( -path $(BUILD)/asan -o -path $(BUILD)/tsan -o -path $(BUILD)/fuzz \) -prune -o -name '*.d' -print 2>/dev/null)

# ---- figures ----
$(BUILD)/bench/office: bench/office.c $(foreach r,$(call closure,gate),$(BUILD)/$(r).a)
	@mkdir -p $(@D)
	@$(CC) $(CFLAGS) -o $@ $< $(LDFLAGS) -Wl,--start-group $(filter %.a,$^) -Wl,--end-group $(PKG_LIBS)
bench: $(BUILD)/padan $(BUILD)/bench/office
	@bench/run
	@node bench/idle.mjs

# the same on PostgreSQL, beside one SQL function: BENCH_SECONDS, BENCH_RESIDENTS, BENCH_CONNECTIONS, BENCH_STANDBY=0
.PHONY: bench-postgres
bench-postgres: $(BUILD)/padan $(BUILD)/bench/office
	@bench/postgres

# many nodes, and what is lost under them: all of test/node/ in their long forms; failover, of two of them alone:
# the primary lost under load, again and again
.PHONY: failover long
long: $(BUILD)/padan
	@PADAN_LONG=1 test/suite/node.sh
failover: $(BUILD)/padan
	@PADAN_LONG=1 tools/with-postgres tools/run-node-tests test/node/failover.test.mjs test/node/patroni.test.mjs

# ---- manual, installation, package ----
PREFIX ?= /usr/local
.PHONY: man
man: $(BUILD)/padan.1
$(BUILD)/padan.1: man/padan.1.in $(BUILD)/padan
	@$(BUILD)/padan help --man >$@.verbs
	@$(BUILD)/padan conf --man >$@.options
	@sed -e '/^@VERBS@$$/{r $@.verbs' -e 'd}' -e '/^@OPTIONS@$$/{r $@.options' -e 'd}' $< >$@
install: $(BUILD)/padan $(BUILD)/padan.1
	install -D -m 755 $(BUILD)/padan $(DESTDIR)$(PREFIX)/bin/padan
	install -D -m 644 $(BUILD)/padan.1 $(DESTDIR)$(PREFIX)/share/man/id/man1/padan.1
	install -D -m 644 LICENSE $(DESTDIR)$(PREFIX)/share/doc/padan/copyright
	install -d $(DESTDIR)$(PREFIX)/lib/systemd/system
	sed 's|/usr/bin/padan|$(PREFIX)/bin/padan|' data/padan.service >$(DESTDIR)$(PREFIX)/lib/systemd/system/padan.service
	$(BUILD)/padan conf --sample >$(DESTDIR)$(PREFIX)/share/doc/padan/padan.conf
	install -d $(DESTDIR)$(PREFIX)/share/doc/padan/haproxy
	install -m 644 data/haproxy/* $(DESTDIR)$(PREFIX)/share/doc/padan/haproxy
	install -d $(DESTDIR)$(PREFIX)/share/doc/padan/patroni
	install -m 644 data/patroni/* $(DESTDIR)$(PREFIX)/share/doc/padan/patroni
	install -m 644 README.md doc/*.md $(DESTDIR)$(PREFIX)/share/doc/padan
	install -d $(DESTDIR)$(PREFIX)/share/doc/padan/decision
	install -m 644 doc/decision/*.md $(DESTDIR)$(PREFIX)/share/doc/padan/decision
	install -D -m 644 data/postgres/journal-partition.sql $(DESTDIR)$(PREFIX)/share/padan/postgres/journal-partition.sql
uninstall:
	rm -f $(DESTDIR)$(PREFIX)/bin/padan $(DESTDIR)$(PREFIX)/share/man/id/man1/padan.1
	rm -f $(DESTDIR)$(PREFIX)/lib/systemd/system/padan.service
	rm -rf $(DESTDIR)$(PREFIX)/share/doc/padan $(DESTDIR)$(PREFIX)/share/padan
deb: $(BUILD)/padan
	@tools/make-deb $(BUILD)
