// SPDX-License-Identifier: GPL-2.0-or-later
//
// Sees what the modem sends before libgammu does: an executable that defines read() itself replaces the C library's
// function for every shared library that it loads.
#include "pace.h"
#include "tap.h"

#include <sys/syscall.h>
#include <unistd.h>

static int watched = -1;

void gridpost_watch(int descriptor)
{
    watched = descriptor;
    gridpost_forget_restart();
    gridpost_forget_ussd();
}

/// Looks at what was read, and takes the lines of USSD out of it: a text of the network may have line breaks, which
/// libgammu would take for answers, and lines that look like a restart. Returns how many bytes are left.
static ssize_t look(char *bytes, ssize_t count)
{
    ssize_t left = 0;
    for (ssize_t index = 0; index < count; index++) {
        char byte = bytes[index];
        int was_inside = gridpost_has_begun_ussd();
        gridpost_look_for_ussd(byte);
        if (!gridpost_has_begun_ussd()) {
            // The end of such a line ends the line that libgammu has seen the beginning of, if any.
            if (!was_inside || byte == '\r' || byte == '\n') {
                gridpost_look_for_restart(byte);
                bytes[left++] = byte;
            }
        } else if (!was_inside) {
            // The name is in front of the colon, as far as it was not read before.
            ssize_t name = sizeof "+CUSD" - 1;
            left -= name < left ? name : left;
        }
    }
    return left;
}

ssize_t read(int descriptor, void *buffer, size_t count)
{
    ssize_t got = syscall(SYS_read, descriptor, buffer, count);
    return got > 0 && descriptor == watched ? look(buffer, got) : got;
}
