# SPDX-License-Identifier: ISC
# The front door.  Meson does the work; this types the long lines.
#
#   make            the program, build/leishu
#   make run        the sample encyclopaedia on http://127.0.0.1:8080 (PORT=)
#   make test       everything; the last line counts (SECONDS= for each fuzzer)
#   make check      only unit tests, golden files and the laws of the tree
#   make fuzz       the fuzzers for SECONDS= each
#   make bench      the figures
#   make install    to PREFIX=/usr/local (DESTDIR= is heard)
#   make clean

PORT = 8080
SECONDS = 30
PREFIX = /usr/local
MESON = meson
NINJA = ninja

all: build/build.ninja
	@$(NINJA) -C build --quiet

build/build.ninja:
	@tools/deps build
	@$(MESON) setup build >build-setup.log || { cat build-setup.log; exit 1; }
	@rm -f build-setup.log

run: all
	@echo "http://127.0.0.1:$(PORT)/ is the sample encyclopaedia; Ctrl-C ends it"
	@exec build/leishu serve content --listen 127.0.0.1:$(PORT)

test:
	@tools/deps build test
	@tools/run-tests --seconds $(SECONDS)

check: all
	@$(MESON) test -C build --suite unit --suite golden --suite check

fuzz:
	@tools/deps build test
	@tools/fuzz --seconds $(SECONDS)

bench:
	@tools/deps build bench
	@tools/run-bench

install:
	@tools/deps build
	@[ -f build-install/build.ninja ] || $(MESON) setup build-install \
	    --buildtype=release --prefix=$(PREFIX) --strip >/dev/null
	@$(MESON) configure build-install --prefix=$(PREFIX)
	@$(NINJA) -C build-install --quiet
	$(MESON) install -C build-install --no-rebuild

clean:
	rm -rf build build-*

.PHONY: all run test check fuzz bench install clean
