# Two commands are all that is needed on a fresh machine: make demo, make test.

CONFIGURATION ?= debug
BUILD = swift build --configuration $(CONFIGURATION)

# How long each parser is fuzzed, and which: those of Tests/Fuzz/Targets/FuzzTarget.swift.
SECONDS = 60
# How long the soak takes, and the seed of an earlier one to repeat.
MINUTES = 10
SEED =
TARGETS = people wallets gsm csv toml modem pdu vendor

.PHONY: help demo test test-crash test-load soak sanitize coverage figures bench fuzz fuzz-api build release lint format check-units packages clean

help:
	@echo 'make demo        build, and see a payment become a token'
	@echo 'make test        build and run all tests'
	@echo 'make test-crash  300 payments with 200 kills (some minutes)'
	@echo 'make soak        faults, kills and people at random over three modems (MINUTES=10, SEED=)'
	@echo 'make figures     memory, a large import beside payments, menus beside a broadcast, of the release build'
	@echo 'make test-load   all tests ten times beside a machine that is kept busy (an hour)'
	@echo 'make sanitize    the tests that can bear it, under the thread sanitizer'
	@echo 'make coverage    how much of each target the tests run through'
	@echo 'make bench       speed, as ratios to the bare libraries (WRITE=--write keeps the table)'
	@echo 'make fuzz        hostile input for each parser (SECONDS=60 each, TARGETS="people csv")'
	@echo 'make fuzz-api    requests made from the API description, every answer checked against it'
	@echo 'make release     the programs to install, in .build/release'
	@echo 'make lint        style, and the systemd unit'
	@echo 'make format      mend the style'

# Says what is missing and why, and asks for root only then.
packages:
	@sh .ci/packages

build: packages
	$(BUILD)

release: packages
	swift build --configuration release

demo: build
	@$$($(BUILD) --show-bin-path)/gridpost demo

# What waits for processes and services is run apart from what computes: on two cores they would wait for each other.
test: packages
	swift build --build-tests
	@$(MAKE) --no-print-directory test-built

# Programs and modems of eight tests at a time: with all of them at once each waits for the others.
test-built:
	SWT_EXPERIMENTAL_MAXIMUM_PARALLELIZATION_WIDTH=8 swift test --skip-build --filter '^(EndToEndTests|ModemLinkTests|SimulatorTests)\.'
	swift test --skip-build --filter '^GatewayTests\.'
	swift test --skip-build --skip '^(EndToEndTests|ModemLinkTests|SimulatorTests|GatewayTests)\.'

test-crash: packages
	swift build --build-tests
	GRIDPOST_CRASH_TEST=full swift test --skip-build --filter KillTests

soak: packages
	swift build --build-tests
	GRIDPOST_SOAK=$(MINUTES) GRIDPOST_SEED=$(SEED) swift test --skip-build --filter SoakTests

# Ten times, with two processes that never rest beside the tests. What fails here races.
test-load: packages
	swift build --build-tests
	@for run in 1 2 3 4 5 6 7 8 9 10; do \
		echo "under load, run $$run"; \
		( while :; do :; done ) & first=$$!; ( while :; do :; done ) & second=$$!; \
		nice -n 5 $(MAKE) --no-print-directory test-built; code=$$?; \
		kill $$first $$second; [ $$code = 0 ] || exit $$code; \
	done

# Tests of whole programs are left out: those programs are built without the sanitizer. So is what forks, and
# so are the tests of vendors' time limits, which a slowed program cannot keep.
sanitize: packages
	swift build --build-tests --sanitize thread --scratch-path .build-thread
	swift test --skip-build --sanitize thread --scratch-path .build-thread \
		--filter '^(WorkersTests|DomainTests|TokensTests|StoreTests|GatewayTests)\.' --skip 'YearTests|LockTests|InspectionTests|VendorTests'

coverage: packages
	swift test --enable-code-coverage --filter '^(WorkersTests|DomainTests|MessagesTests|TokensTests|StoreTests|GatewayTests)\.'
	@sh .ci/coverage

bench: packages
	GRIDPOST_BENCH=1 swift build --configuration release --scratch-path .build-bench
	GRIDPOST_PROGRAMS=$(CURDIR)/.build-bench/release .build-bench/release/gridpost-bench $(WRITE)

figures: packages release
	swift build --build-tests
	GRIDPOST_PROGRAMS=$(CURDIR)/.build/release swift test --skip-build --filter FigureTests

# With both sanitizers in one flag, for of two the compiler takes one. Inputs are kept in .build-fuzz/found.
fuzz: packages
	GRIDPOST_FUZZ=1 swift build --configuration release --scratch-path .build-fuzz --product gridpost-fuzz \
		-Xswiftc -sanitize=fuzzer,address -Xcc -fsanitize=fuzzer-no-link,address -Xswiftc -enable-testing
	@for target in $(TARGETS); do \
		echo "fuzzing $$target for $(SECONDS) s"; \
		ASAN_OPTIONS=detect_leaks=0 SWIFT_BACKTRACE=enable=no \
			.build-fuzz/release/gridpost-fuzz $$target -max_total_time=$(SECONDS) || exit 1; \
	done

# Needs the network for a program of PyPI, and socat.
fuzz-api: build
	@sh .ci/fuzz-api $(SECONDS)

lint:
	swift format lint --strict --recursive --parallel Package.swift Sources modem Tests
	@if command -v systemd-analyze >/dev/null; then sh .ci/verify-units; fi

format:
	swift format --in-place --recursive --parallel Package.swift Sources modem Tests

clean:
	rm -rf .build .build-fuzz .build-thread .build-bench
