// SPDX-License-Identifier: GPL-2.0-or-later
#ifndef GRIDPOST_TAP_H
#define GRIDPOST_TAP_H

/// Takes the next byte that was read from the watched port.
void gridpost_look_for_restart(char byte);
void gridpost_look_for_ussd(char byte);

void gridpost_forget_restart(void);

#endif
