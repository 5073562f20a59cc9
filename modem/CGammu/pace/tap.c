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

ssize_t read(int descriptor, void *buffer, size_t count)
{
    ssize_t got = syscall(SYS_read, descriptor, buffer, count);
    if (got > 0 && descriptor == watched) {
        gridpost_look_for_restart(buffer, (size_t)got);
        gridpost_look_for_ussd(buffer, (size_t)got);
    }
    return got;
}
