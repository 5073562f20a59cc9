// SPDX-License-Identifier: GPL-2.0-or-later
//
// libgammu sleeps 0.7 s for each part it sends and 3.3 s for each connection, whether the modem needs it or not. It
// does so with usleep(). An executable that defines usleep itself replaces the C library's function for every shared
// library that it loads. The linker exports this symbol because libGammu.so refers to it.
#include "pace.h"

#include <errno.h>
#include <time.h>

static unsigned int longest_pause = 0;

void gridpost_set_pace(unsigned int microseconds) { longest_pause = microseconds; }

int usleep(unsigned int microseconds)
{
    if (longest_pause != 0 && microseconds > longest_pause) {
        microseconds = longest_pause;
    }
    struct timespec left = {
        .tv_sec = microseconds / 1000000,
        .tv_nsec = (long)(microseconds % 1000000) * 1000,
    };
    while (nanosleep(&left, &left) == -1 && errno == EINTR) {
    }
    return 0;
}
