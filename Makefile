# Two commands are all that is needed on a fresh machine: make demo, make test.

CONFIGURATION ?= debug
BUILD = swift build --configuration $(CONFIGURATION)

.PHONY: help demo test test-crash build release lint format check-units packages clean

help:
	@echo 'make demo        build, and see a payment become a token'
	@echo 'make test        build and run all tests'
	@echo 'make test-crash  300 payments with 200 kills (some minutes)'
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

test: packages
	swift build --build-tests
	swift test --skip-build

test-crash: packages
	swift build --build-tests
	GRIDPOST_CRASH_TEST=full swift test --skip-build --filter KillTests

lint:
	swift format lint --strict --recursive --parallel Package.swift Sources modem Tests
	@if command -v systemd-analyze >/dev/null; then sh .ci/verify-units; fi

format:
	swift format --in-place --recursive --parallel Package.swift Sources modem Tests

clean:
	rm -rf .build
