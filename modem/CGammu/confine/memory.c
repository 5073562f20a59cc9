// SPDX-License-Identifier: GPL-2.0-or-later
#include "confine.h"

#include <sys/prctl.h>
#include <sys/resource.h>

int gridpost_confine_memory(void)
{
    const struct rlimit none = {0, 0};

    if (setrlimit(RLIMIT_CORE, &none) != 0) {
        return -1;
    }
    return prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
}
