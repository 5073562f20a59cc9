// SPDX-License-Identifier: GPL-2.0-or-later
#ifndef GRIDPOST_PACE_H
#define GRIDPOST_PACE_H

#include <stddef.h>

/// Limits every pause that libgammu takes with usleep(), in microseconds.
/// 0, the initial value, does not limit them.
void gridpost_set_pace(unsigned int microseconds);

/// Watches what is read from a serial port for the lines that a modem prints after a start, and for those of USSD. -1
/// watches nothing.
void gridpost_watch(int descriptor);

/// Tells whether a command is being answered. A restart during one ends the process.
void gridpost_set_in_call(int value);

/// Returns 1 if such a line was read since the port is watched, else 0.
int gridpost_saw_restart(void);

/// Forgets the lines of USSD read so far.
void gridpost_forget_ussd(void);

/// Returns 1 if a line of USSD has begun and has not ended, else 0.
int gridpost_has_begun_ussd(void);

/// Takes the oldest line of USSD without "+CUSD:", and returns its length; 0 if there is none. `incomplete` takes one that
/// has not ended, too.
size_t gridpost_take_ussd(char *buffer, size_t size, int incomplete);

#endif
