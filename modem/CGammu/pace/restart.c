// SPDX-License-Identifier: GPL-2.0-or-later
//
// libgammu ignores the lines with which a modem says that it has restarted.
#include "pace.h"
#include "tap.h"

#include <string.h>
#include <unistd.h>

/// Lines that modems print once after a start, without being asked: the first of them when the program starts, the
/// others when a part of it is ready, up to half a minute later.
static const char *const starts[] = {
    "^SYSSTART", "RDY", "MODEM:STARTUP", "START",
    "SMS Ready", "SMS DONE", "+QIND: SMS DONE", "Call Ready", "+SIND: 4", "PB DONE", "^SIMST:1",
};
static const size_t first_lines = 4;

static int seen = 0;
static int in_call = 0;
static char line[40];
static size_t length = 0;

void gridpost_forget_restart(void)
{
    seen = 0;
    length = 0;
}

void gridpost_set_in_call(int value) { in_call = value; }

int gridpost_saw_restart(void) { return seen; }

void gridpost_look_for_restart(char byte)
{
    if (byte != '\r' && byte != '\n') {
        // Longer lines cannot be one of those above.
        if (length < sizeof line) {
            line[length++] = byte;
        }
        return;
    }
    for (size_t start = 0; start < sizeof starts / sizeof starts[0]; start++) {
        if (length == strlen(starts[start]) && memcmp(line, starts[start], length) == 0) {
            seen = 1;
            // The command that libgammu waits for is lost, and its answer would be waited for in vain.
            if (in_call && start < first_lines) {
                _exit(75);
            }
        }
    }
    length = 0;
}
