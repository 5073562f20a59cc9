// SPDX-License-Identifier: GPL-2.0-or-later
#ifndef GRIDPOST_TAP_H
#define GRIDPOST_TAP_H

#include <stddef.h>

/// Takes what was read from the watched port.
void gridpost_look_for_restart(const char *bytes, size_t number);
void gridpost_look_for_ussd(const char *bytes, size_t number);

void gridpost_forget_restart(void);

#endif
